import { type Ref, ref } from 'vue'

export type LiveState = 'connecting' | 'live' | 'lost'
export type Live = { state: Ref<LiveState>; stop: () => void }

/** A gap shorter than this isn't worth a word. */
const PATIENCE_MS = 3_000
const REFETCH_MS = 30_000

/** 1, 2, 4 … 30 s, each a little off, so that a restarted server isn't met by everyone at once. `chance` is 0 to 1. */
export function backoffMs(attempt: number, chance: number): number {
  return Math.min(30_000, 1_000 * 2 ** attempt) * (0.75 + chance / 2)
}

/**
 * The doorbell: the server says only that something changed, the page then fetches what stands now. It also fetches on
 * connect, on reconnect and every 30 s, so a lost ring costs seconds and never a message.
 */
export function followLive(subjects: string[], changed: () => void): Live {
  const state = ref<LiveState>('connecting')
  const url = `/api/live?subjects=${encodeURIComponent(subjects.join(','))}`
  let source: EventSource | null = null
  let attempt = 0
  let retry: ReturnType<typeof setTimeout> | undefined
  let worry: ReturnType<typeof setTimeout> | undefined

  const connect = () => {
    clearTimeout(retry)
    source?.close()
    source = new EventSource(url)
    source.addEventListener('hello', () => {
      attempt = 0
      clearTimeout(worry)
      worry = undefined
      state.value = 'live'
      changed()
    })
    source.addEventListener('changed', changed)
    source.onerror = () => {
      // EventSource gives up for good on some errors and hammers on others: one own rhythm instead.
      source?.close()
      worry ??= setTimeout(() => {
        state.value = 'lost'
      }, PATIENCE_MS)
      retry = setTimeout(connect, backoffMs(attempt++, Math.random()))
    }
  }
  const wake = () => {
    if (document.visibilityState !== 'visible') return
    attempt = 0
    connect()
  }
  // A webview in the background is frozen and its socket may be long dead: start afresh when somebody looks.
  document.addEventListener('visibilitychange', wake)
  window.addEventListener('online', wake)
  const regular = setInterval(() => document.visibilityState === 'visible' && changed(), REFETCH_MS)
  connect()

  const stop = () => {
    source?.close()
    clearTimeout(retry)
    clearTimeout(worry)
    clearInterval(regular)
    document.removeEventListener('visibilitychange', wake)
    window.removeEventListener('online', wake)
  }
  return { state, stop }
}
