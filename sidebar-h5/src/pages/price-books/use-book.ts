import { onScopeDispose, ref, watch } from 'vue'
import { useSearched } from '../../use-searched.js'
import { getBookPage } from './price-books-api.js'

const TYPING_MS = 220

/** A book and the products that it names, as far as somebody scrolls. */
export function useBook(id: string) {
  const query = ref('')
  const asked = ref('')
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(query, (now) => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      asked.value = new URLSearchParams({ query: now.trim() }).toString()
    }, TYPING_MS)
  })
  onScopeDispose(() => clearTimeout(timer))
  return { query, ...useSearched({ asked, load: (of) => getBookPage(id, of), rowsOf: (page) => page.prices }) }
}
