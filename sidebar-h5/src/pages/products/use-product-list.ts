import { computed, onScopeDispose, reactive, ref, watch } from 'vue'
import { useLoaded } from '../../use-loaded.js'
import { usePages } from '../../use-pages.js'
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

  const { data, failed, again } = useLoaded(async () => {
    const of = sent.value
    return { of, page: await listProducts(of) }
  }, sent)
  const nextOf = (of: string, next: number | null) => {
    if (next === null) return null
    const params = new URLSearchParams(of)
    params.set('from', String(next))
    return params.toString()
  }
  const pages = usePages(
    () => data.value && { rows: data.value.page.products, next: nextOf(data.value.of, data.value.page.next) },
    async (place) => {
      const page = await listProducts(place)
      return { rows: page.products, next: nextOf(place, page.next) }
    },
  )
  const list = computed(() => data.value?.page ?? null)
  const rows = computed(() => [...(list.value?.products ?? []), ...pages.tail.value])
  const isPlain = computed(() => asked.query.trim() === '' && asked.line === null && !asked.stopped)
  return { asked, list, rows, isPlain, failed, again, pages }
}
