import { computed, nextTick, type Ref, ref, watch } from 'vue'

type Problem = { at: string; words: string }

/** What is wrong with a form: said when somebody wants to save it, and from then on as they mend it. */
export function useProblems<F, P extends Problem, R extends object>(form: Ref<F>, read: (form: F) => R | { problems: P[] }) {
  const problems = ref([]) as Ref<P[]>
  const first = computed(() => problems.value[0]?.words ?? null)
  const problemsOf = (found: R | { problems: P[] }) => ('problems' in found ? found.problems : [])

  /** What the form says, or null: then the first field that is wrong comes into sight. */
  function check(): R | null {
    const found = read(form.value)
    problems.value = problemsOf(found)
    if (!('problems' in found)) return found
    void nextTick(() => {
      const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
      const place = document.querySelector('[aria-invalid="true"], main .alarm')
      place?.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' })
    })
    return null
  }
  watch(
    form,
    (now) => {
      if (problems.value.length) problems.value = problemsOf(read(now))
    },
    { deep: true },
  )
  return { problems, first, check }
}
