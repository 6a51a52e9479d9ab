import { computed, onScopeDispose, type Ref, ref, useTemplateRef, watch } from 'vue'

const STEP = 60

/** Draws the first rows at once and the others as the end comes near: the first screen doesn't pay for the last. */
export function useGrowing<T>(all: Ref<T[] | null>) {
  const count = ref(STEP)
  const sentinel = useTemplateRef<HTMLElement>('sentinel')
  const watcher = new IntersectionObserver(
    (seen) => {
      if (seen.some((one) => one.isIntersecting) && count.value < (all.value?.length ?? 0)) count.value += STEP
    },
    { rootMargin: '800px' },
  )
  watch(sentinel, (now, before) => {
    if (before) watcher.unobserve(before)
    if (now) watcher.observe(now)
  })
  // The sentinel only tells when it crosses the edge: after growing it is asked again.
  watch(count, () => {
    const el = sentinel.value
    if (!el) return
    watcher.unobserve(el)
    requestAnimationFrame(() => watcher.observe(el))
  })
  onScopeDispose(() => watcher.disconnect())
  const startOver = () => {
    count.value = STEP
  }
  return { shown: computed(() => (all.value ?? []).slice(0, count.value)), sentinel, startOver }
}
