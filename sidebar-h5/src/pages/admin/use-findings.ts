import { ref, shallowRef, watch } from 'vue'
import type { FindingRow, FindingsFilter } from '../../../../domain/message/findings.contract.js'
import { showToast } from '../../components/toast.js'
import { asFailed, type Failed, wordsOf } from '../../failed.js'
import { getFindings } from './api.js'

/** Fetched when somebody asks and never by itself: each look at what customers said is put on record. */
export function useFindings() {
  const filter = ref<FindingsFilter>('suspected')
  const rows = shallowRef<FindingRow[] | null>(null)
  const next = ref<string | null>(null)
  const error = shallowRef<Failed | null>(null)
  const busy = ref(false)
  let asked = 0

  async function load(before: string | null) {
    asked += 1
    const mine = asked
    busy.value = true
    try {
      const page = await getFindings(filter.value, before)
      if (mine !== asked) return
      rows.value = before ? [...(rows.value ?? []), ...page.rows] : page.rows
      next.value = page.next
      error.value = null
    } catch (thrown) {
      if (mine !== asked) return
      if (before) showToast(wordsOf(thrown), 'bad')
      else error.value = asFailed(thrown)
    } finally {
      if (mine === asked) busy.value = false
    }
  }

  function refresh() {
    rows.value = null
    return load(null)
  }

  const more = () => (busy.value || !next.value ? undefined : load(next.value))

  watch(filter, refresh)
  void refresh()
  return { filter, rows, next, error, busy, refresh, more }
}
