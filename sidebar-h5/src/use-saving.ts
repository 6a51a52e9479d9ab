import { ref } from 'vue'
import { wordsOf } from './failed.js'

/** Something that is sent away once at a time; what went wrong stays beside it, in words, until the next try. */
export function useSaving() {
  const busy = ref(false)
  const wrong = ref<string | null>(null)

  async function run(act: () => Promise<void>): Promise<void> {
    if (busy.value) return
    busy.value = true
    wrong.value = null
    try {
      await act()
    } catch (thrown) {
      wrong.value = wordsOf(thrown)
    } finally {
      busy.value = false
    }
  }
  return { busy, wrong, run }
}
