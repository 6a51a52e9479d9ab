import { computed, onScopeDispose, type Ref, ref, type ShallowRef, shallowRef } from 'vue'
import { asFailed, Failed } from './failed.js'
import { latestOnly } from './latest-only.js'
import { followLive, type Live } from './live.js'

export type Fresh<T> = {
  data: ShallowRef<T | null>
  /** Set only when there is nothing to show: a refetch that fails keeps what stands and says `lost`. */
  error: ShallowRef<Failed | null>
  lost: Ref<boolean>
  refresh: () => Promise<void>
}

/** What was last seen of each, so that coming back to a page shows it at once and then puts it right. */
const seen = new Map<string, unknown>()

type Sources<T> = { key: string; load: () => Promise<T>; subjectsOf: (data: T) => string[] }

/** Something that stands on the server and changes there: fetched now, and again whenever the doorbell rings. */
export function useFresh<T>({ key, load, subjectsOf }: Sources<T>): Fresh<T> {
  const data = shallowRef<T | null>((seen.get(key) as T | undefined) ?? null)
  const error = shallowRef<Failed | null>(null)
  const live = shallowRef<Live | null>(null)
  const missed = ref(false)
  let gone = false

  const refresh = latestOnly(async (isOvertaken) => {
    const overtaken = () => gone || isOvertaken()
    try {
      const fetched = await load()
      if (overtaken()) return
      if (!sameAs(data.value, fetched)) data.value = fetched
      seen.set(key, fetched)
      error.value = null
      missed.value = false
      live.value ??= followLive(subjectsOf(fetched), () => void refresh())
    } catch (thrown) {
      if (overtaken()) return
      if (!(thrown instanceof Failed)) console.error(thrown)
      const failed = asFailed(thrown)
      if (failed.kind === 'missing' || failed.kind === 'refused') forget()
      if (data.value === null) error.value = failed
      else missed.value = true
    }
  })

  function forget() {
    data.value = null
    seen.delete(key)
  }

  onScopeDispose(() => {
    gone = true
    live.value?.stop()
  })
  void refresh()
  return { data, error, lost: computed(() => missed.value || live.value?.state.value === 'lost'), refresh }
}

/** Unchanged data keeps its object, so nothing is drawn again and nothing moves under a thumb. */
function sameAs<T>(a: T | null, b: T): boolean {
  return a !== null && JSON.stringify(a) === JSON.stringify(b)
}
