import { onScopeDispose, ref, shallowRef } from 'vue'
import { showToast } from '../../components/toast.js'
import { wordsOf } from '../../failed.js'
import { useFresh } from '../../use-fresh.js'

/** A file that somebody brought, on its way in: looked over, taken in, or dropped. `subject` rings when rows went in. */
export function useImport<V extends { state: string }>({ subject, load }: { subject: string; load: () => Promise<V> }) {
  const { data: view, error, refresh } = useFresh({ key: subject, load, subjectsOf: () => [subject] })
  const busy = ref(false)
  const sheet = shallowRef<'errors' | 'matches' | null>(null)

  // The doorbell may be out of order; whoever waits for the end must see it.
  const timer = setInterval(() => view.value?.state === 'running' && void refresh(), 3_000)
  onScopeDispose(() => clearInterval(timer))

  async function act(what: () => Promise<unknown>) {
    if (busy.value) return
    busy.value = true
    try {
      await what()
      await refresh()
    } catch (thrown) {
      showToast(wordsOf(thrown), 'bad')
      await refresh()
    }
    busy.value = false
  }
  return { view, error, refresh, busy, sheet, act }
}

/** One column is one thing: whatever had it before lets go of it. */
export function withColumn<C extends object>(columns: C, field: keyof C, at: number | null): C {
  const others = Object.entries(columns).map(([name, value]) => [name, at !== null && value === at ? null : value])
  return { ...(Object.fromEntries(others) as C), [field]: at }
}
