import { computed, ref, type WritableComputedRef, watch } from 'vue'

/**
 * A number as somebody types it: 「0.」 and 「-」 stand until they are finished, and what is no number is null. Rewritten only
 * when the number is changed from elsewhere.
 */
export function useNumberText(value: () => number | null, set: (number: number | null) => void): WritableComputedRef<string> {
  const text = ref(show(value()))
  watch(value, (now) => {
    if (!isNear(read(text.value), now)) text.value = show(now)
  })
  return computed({
    get: () => text.value,
    set(typed) {
      text.value = typed
      set(read(typed))
    },
  })
}

const show = (number: number | null) => (number === null ? '' : String(Math.round(number * 100) / 100))
const isNear = (a: number | null, b: number | null) => a === b || (a !== null && b !== null && Math.abs(a - b) < 0.01)

function read(typed: string): number | null {
  const number = typed.trim() === '' ? Number.NaN : Number(typed)
  return Number.isFinite(number) ? number : null
}
