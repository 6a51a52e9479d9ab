import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { asFailed, type Failed } from './failed.js'

const TYPING_MS = 200

/**
 * What is found while somebody types: `load` is asked at once with no words, then whenever the typing pauses, and only the
 * newest question counts. `seen` stands until the first answer.
 */
export function useTyped<T>(load: (words: string, signal: AbortSignal) => Promise<T>, seen: T | null = null) {
  const query = ref('')
  const found = shallowRef<T | null>(seen)
  const failed = shallowRef<Failed | null>(null)
  let running: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  async function search() {
    running?.abort()
    running = new AbortController()
    const { signal } = running
    try {
      const answer = await load(query.value.trim(), signal)
      if (signal.aborted) return
      found.value = answer
      failed.value = null
    } catch (thrown) {
      if (!signal.aborted) failed.value = asFailed(thrown)
    }
  }
  watch(query, () => {
    clearTimeout(timer)
    timer = setTimeout(search, TYPING_MS)
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    running?.abort()
  })
  void search()
  return { query, found, failed, search }
}
