import { computed, type Ref } from 'vue'
import { useLoaded } from './use-loaded.js'
import { usePages } from './use-pages.js'

type Sources<P, Row> = {
  /** The question as a query string; where the next page begins is put into it as `from`. */
  asked: Ref<string>
  load: (asked: string) => Promise<P>
  rowsOf: (page: P) => Row[]
}

/** A list that is asked for by words and grows as it is scrolled; another question is another list. */
export function useSearched<P extends { next: number | null }, Row>({ asked, load, rowsOf }: Sources<P, Row>) {
  const { data, failed, again } = useLoaded(async () => {
    const of = asked.value
    return { of, page: await load(of) }
  }, asked)
  const pages = usePages(
    () => data.value && { rows: rowsOf(data.value.page), next: placeAfter(data.value.of, data.value.page.next) },
    async (place) => {
      const page = await load(place)
      return { rows: rowsOf(page), next: placeAfter(place, page.next) }
    },
  )
  const page = computed(() => data.value?.page ?? null)
  const rows = computed(() => (data.value ? [...rowsOf(data.value.page), ...pages.tail.value] : []))
  /** What the server answered to a write stands at once. */
  function put(change: Partial<P>) {
    if (data.value) data.value = { ...data.value, page: { ...data.value.page, ...change } }
  }
  return { page, rows, failed, again, put, pages }
}

function placeAfter(asked: string, next: number | null): string | null {
  if (next === null) return null
  const params = new URLSearchParams(asked)
  params.set('from', String(next))
  return params.toString()
}
