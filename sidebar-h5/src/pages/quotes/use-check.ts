import { computed, onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue'
import type { DraftCheck, QuoteDraft } from '../../../../domain/quote/quote.contract.js'
import { totalDraft } from '../../../../lib/format/quote-total.js'
import { latestOnly } from '../../latest-only.js'
import { type Booked, type Followed, followBook } from './follow-book.js'
import { checkDraft } from './quotes-api.js'

const PAUSE_MS = 250
const AGAIN_MS = 5_000

/** The sum, at once and here; what the price book and the policy say of it, from the server a moment later. */
export function useCheck(id: string, draft: Ref<QuoteDraft | null>) {
  const check = shallowRef<DraftCheck | null>(null)
  /** What stands has been looked over; the answer is not an older draft's. */
  const current = ref(false)
  const followed = shallowRef<Followed[]>([])
  const booked: Booked = new Map()
  /** Just taken from the catalogue: that their first price is the customer's own is no news. */
  const picked = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let gone = false

  const totals = computed(() => (draft.value ? sumOf(draft.value) : null))

  const look = latestOnly(async (overtaken) => {
    const asked = draft.value
    if (!asked) return
    const words = JSON.stringify(asked)
    const quantities = new Map(asked.lines.map((line) => [line.id, line.qty]))
    try {
      const found = await checkDraft(id, JSON.parse(words))
      if (overtaken() || gone || !draft.value) return
      check.value = found
      const moved = followBook(draft.value.lines, found.prices, booked, quantities)
      const steps = moved.filter((one) => !picked.has(one.lineId))
      if (steps.length) followed.value = steps
      for (const lineId of Object.keys(found.prices)) picked.delete(lineId)
      current.value = moved.length === 0 && JSON.stringify(draft.value) === words
    } catch {
      // Offline: the sum is ours, and a draft that was not looked over is looked over when it is sent.
      if (!overtaken() && !gone) timer = setTimeout(() => void look(), AGAIN_MS)
    }
  })

  watch(
    draft,
    () => {
      current.value = false
      clearTimeout(timer)
      timer = setTimeout(() => void look(), PAUSE_MS)
    },
    { deep: true },
  )
  onScopeDispose(() => {
    gone = true
    clearTimeout(timer)
  })

  return {
    ...{ check, current, totals, followed, look },
    /** A line that was just taken from the catalogue follows the book from its first price on. */
    follow(lineId: string, price: string) {
      booked.set(lineId, price)
      picked.add(lineId)
    },
  }
}

function sumOf(draft: QuoteDraft) {
  try {
    return totalDraft(draft)
  } catch {
    return null
  }
}
