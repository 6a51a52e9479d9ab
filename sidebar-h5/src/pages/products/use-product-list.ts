import { computed, onScopeDispose, reactive, ref, watch } from 'vue'
import { useSearched } from '../../use-searched.js'
import { askOf, listProducts } from './products-api.js'

const TYPING_MS = 220
const nothing = { query: '', line: null as string | null, stopped: false }
/** Coming back from a product, the list stands as it was asked for. */
let lastAsked = { ...nothing }

/** The catalogue as somebody looks through it: typed, by line, and as long as they scroll. */
export function useProductList() {
  const asked = reactive({ ...lastAsked })
  const sent = ref(askOf(asked))
  let timer: ReturnType<typeof setTimeout> | undefined
  const send = () => {
    sent.value = askOf({ ...asked, query: asked.query.trim() })
  }

  watch(
    () => asked.query,
    () => {
      clearTimeout(timer)
      timer = setTimeout(send, TYPING_MS)
    },
  )
  watch(() => [asked.line, asked.stopped], send)
  watch(asked, () => {
    lastAsked = { ...asked }
  })
  onScopeDispose(() => clearTimeout(timer))

  const { page: list, ...searched } = useSearched({ asked: sent, load: listProducts, rowsOf: (page) => page.products })
  const isPlain = computed(() => asked.query.trim() === '' && asked.line === null && !asked.stopped)
  return { asked, list, isPlain, ...searched }
}
