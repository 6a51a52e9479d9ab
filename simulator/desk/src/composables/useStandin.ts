import { onScopeDispose, ref, shallowRef } from 'vue'
import { fetchState } from '../standin/control.js'
import type { StandinState } from '../standin/state.js'

export type Line = 'connecting' | 'live' | 'lost'

export type StandinEvent = { type: string; userid?: string; url?: string }

/**
 * Events are a doorbell: each one, every reconnect, and each half minute the whole state is fetched anew. `heard` is for the few
 * that leave no trace in the state.
 */
export function useStandin(heard: (event: StandinEvent) => void) {
  const state = shallowRef<StandinState | null>(null)
  const fetchedAt = ref(0)
  const line = ref<Line>('connecting')
  let source: EventSource | null = null
  let retry: ReturnType<typeof setTimeout> | undefined
  let lostSoon: ReturnType<typeof setTimeout> | undefined
  let fetching = false
  let again = false

  /** One fetch at a time; rings that come meanwhile make one more. */
  async function refresh() {
    if (fetching) {
      again = true
      return
    }
    fetching = true
    try {
      do {
        again = false
        const fresh = await fetchState()
        fetchedAt.value = Date.now()
        state.value = fresh
        markLive()
      } while (again)
    } catch {
      markLost()
    } finally {
      fetching = false
    }
  }

  function markLive() {
    if (source?.readyState !== EventSource.OPEN) return
    clearTimeout(lostSoon)
    lostSoon = undefined
    line.value = 'live'
  }

  /** A blink of the line isn't worth a word. */
  function markLost() {
    lostSoon ??= setTimeout(() => {
      line.value = 'lost'
    }, 1500)
  }

  function connect() {
    source?.close()
    source = new EventSource('/__standin/events')
    source.onopen = () => {
      markLive()
      void refresh()
    }
    source.onmessage = ({ data }: MessageEvent<string>) => {
      heard(JSON.parse(data) as StandinEvent)
      void refresh()
    }
    source.onerror = () => {
      markLost()
      // The browser gives up for good on an answer that isn't a stream, such as a 502 while the stand-in restarts.
      if (source?.readyState !== EventSource.CLOSED) return
      clearTimeout(retry)
      retry = setTimeout(connect, 2000)
    }
  }

  const everyHalfMinute = setInterval(() => void refresh(), 30_000)
  connect()
  void refresh()

  onScopeDispose(() => {
    source?.close()
    clearTimeout(retry)
    clearTimeout(lostSoon)
    clearInterval(everyHalfMinute)
  })
  return { state, fetchedAt, line }
}
