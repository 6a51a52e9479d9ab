import { onScopeDispose, type Ref, ref, watch } from 'vue'

/**
 * Business time as the server tells it (header `x-business-now`): 「已等 12 分钟」 and the ten seconds of 撤销 are counted
 * by it, because the clock of a phone is often wrong and that of a demo may have been pushed forward.
 */
const offsetMs = ref(0)
/** A header is on its way for some time: less than this is no change of the clock. */
const JITTER_MS = 500

export function hearBusinessNow(header: string | null): void {
  const told = header ? Date.parse(header) : Number.NaN
  const offset = told - Date.now()
  if (Math.abs(offset - offsetMs.value) > JITTER_MS) offsetMs.value = offset
}

export function businessNow(): number {
  return Date.now() + offsetMs.value
}

/** A `now` that moves by itself, for as long as the component lives. */
export function useNow(everyMs = 15_000): Ref<number> {
  const now = ref(businessNow())
  const look = () => {
    now.value = businessNow()
  }
  const timer = setInterval(look, everyMs)
  watch(offsetMs, look)
  onScopeDispose(() => clearInterval(timer))
  return now
}
