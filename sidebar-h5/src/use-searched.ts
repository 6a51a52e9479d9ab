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
  /** Asked for anew, the list is another one to its end: what was written may stand behind the first page. */
  let round = 0
  const { data, failed, again } = useLoaded(async () => {
    const of = asked.value
    round += 1
    return { of, round, page: await load(of) }
  }, asked)
  const pages = usePages(
    () => data.value && { rows: rowsOf(data.value.page), next: placeAfter(data.value, data.value.page.next) },
    async (place) => {
      const at = readPlace(place)
      const page = await load(at.of)
      return { rows: rowsOf(page), next: placeAfter(at, page.next) }
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

type Place = { of: string; round: number }

function placeAfter({ of, round }: Place, next: number | null): string | null {
  if (next === null) return null
  const params = new URLSearchParams(of)
  params.set('from', String(next))
  return `${round} ${params}`
}

function readPlace(place: string): Place {
  const [round = '', of = ''] = place.split(' ')
  return { of, round: Number(round) }
}
