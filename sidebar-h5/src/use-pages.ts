import { onScopeDispose, ref, shallowRef, useTemplateRef, watch } from 'vue'
import { wordsOf } from './failed.js'

type Page<Row> = { rows: Row[]; next: string | null }

/**
 * What follows the first page, fetched as the end comes near. The first page is somebody else's and may change: when the
 * place where it ends has moved, what stood behind that place is fetched anew.
 */
export function usePages<Row>(first: () => Page<Row> | null, load: (after: string) => Promise<Page<Row>>) {
  const tail = shallowRef<Row[]>([])
  const failed = ref<string | null>(null)
  const loading = ref(false)
  let next: string | null = null
  let seen = false
  const sentinel = useTemplateRef<HTMLElement>('sentinel')

  watch(
    () => first()?.next ?? null,
    (place) => {
      tail.value = []
      next = place
      if (seen) void more()
    },
    { immediate: true },
  )

  async function more() {
    if (loading.value || next === null) return
    loading.value = true
    failed.value = null
    const from = next
    try {
      const page = await load(from)
      // The list began anew meanwhile.
      if (next !== from) return
      next = page.next
      tail.value = [...tail.value, ...page.rows]
    } catch (thrown) {
      failed.value = wordsOf(thrown)
    } finally {
      loading.value = false
      if (seen && next !== null && next !== from) requestAnimationFrame(() => void more())
    }
  }

  const watcher = new IntersectionObserver(
    (entries) => {
      seen = entries.some((one) => one.isIntersecting)
      if (seen) void more()
    },
    { rootMargin: '600px' },
  )
  watch(sentinel, (now, before) => {
    if (before) watcher.unobserve(before)
    if (now) watcher.observe(now)
  })
  onScopeDispose(() => watcher.disconnect())
  return { tail, failed, loading, more }
}
