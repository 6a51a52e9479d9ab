import { onScopeDispose, type Ref, ref } from 'vue'

/**
 * Business time as the server tells it (header `x-business-now`): 「已等 12 分钟」 and the ten seconds of 撤销 are counted
 * by it, because the clock of a phone is often wrong and that of a demo may have been pushed forward.
 */
let offsetMs = 0

export function hearBusinessNow(header: string | null): void {
  const told = header ? Date.parse(header) : Number.NaN
  if (!Number.isNaN(told)) offsetMs = told - Date.now()
}

export function businessNow(): number {
  return Date.now() + offsetMs
}

/** A `now` that moves by itself, for as long as the component lives. */
export function useNow(everyMs = 15_000): Ref<number> {
  const now = ref(businessNow())
  const timer = setInterval(() => {
    now.value = businessNow()
  }, everyMs)
  onScopeDispose(() => clearInterval(timer))
  return now
}
