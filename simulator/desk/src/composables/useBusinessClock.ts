import { onScopeDispose, type Ref, ref, watchEffect } from 'vue'
import { type StandinState, toMs } from '../standin/state.js'

/** Business time now, in milliseconds: the stand-in's clock, carried on by this browser between two fetches. */
export function useBusinessClock(state: Readonly<Ref<StandinState | null>>, fetchedAt: Readonly<Ref<number>>) {
  const now = ref(Date.now())
  const tick = () => {
    if (state.value) now.value = toMs(state.value.clock.now) + (Date.now() - fetchedAt.value)
  }
  watchEffect(tick)
  const every = setInterval(tick, 5000)
  onScopeDispose(() => clearInterval(every))
  return now
}
