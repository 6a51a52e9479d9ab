import { type ShallowRef, shallowRef, type WatchSource, watch } from 'vue'
import { asFailed, type Failed } from './failed.js'
import { latestOnly } from './latest-only.js'

type Loaded<T> = { data: ShallowRef<T | null>; failed: ShallowRef<Failed | null>; again: () => Promise<void> }

/**
 * Fetched when the page opens and whenever `on` changes; an answer that was overtaken is dropped. What stands stays while the
 * next is fetched. For what changes on the server by itself: useFresh.
 */
export function useLoaded<T>(load: () => Promise<T>, on?: WatchSource): Loaded<T> {
  const data = shallowRef<T | null>(null)
  const failed = shallowRef<Failed | null>(null)
  const again = latestOnly(async (overtaken) => {
    try {
      const found = await load()
      if (overtaken()) return
      data.value = found
      failed.value = null
    } catch (thrown) {
      if (!overtaken()) failed.value = asFailed(thrown)
    }
  })
  if (on) watch(on, () => void again())
  void again()
  return { data, failed, again }
}
