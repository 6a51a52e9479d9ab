import { send } from './send'

/** A look of less than this is a slip of the thumb, or a machine that opened the page. */
const LOOK_MS = 1_000
const REPORT_MS = 10_000
/** Nobody reads a screen for so long without touching it: the phone lies on the table. */
const IDLE_MS = 60_000

/**
 * Says which parts of the page were before somebody's eyes, and for how long; the page's foot says that it does. Nothing is said
 * while the page is hidden, was fetched ahead, or lies there untouched.
 */
export function watchReading(token: string): void {
  const sections = [...document.querySelectorAll<HTMLElement>('[data-section]')]
  const standing = document.querySelector('.newer') ? 'replaced' : 'open'
  let seconds: Record<string, number> = {}
  let stoppedAt: string | null = null
  let opening = true
  let touched = performance.now()
  let reported = performance.now()

  for (const event of ['scroll', 'touchstart', 'pointerdown', 'keydown'])
    addEventListener(event, () => (touched = performance.now()), { passive: true, capture: true })

  setInterval(() => {
    if (document.visibilityState !== 'visible' || performance.now() - touched > IDLE_MS) return
    stoppedAt = whereEyesAre(sections) ?? stoppedAt
    if (stoppedAt) seconds[stoppedAt] = (seconds[stoppedAt] ?? 0) + 1
    if (opening || performance.now() - reported > REPORT_MS) void report(false)
  }, LOOK_MS)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && report(true))
  addEventListener('pagehide', () => report(true))

  async function report(leaving: boolean): Promise<void> {
    if (Object.keys(seconds).length === 0) return
    const said = { opening, sections: seconds, stoppedAt }
    seconds = {}
    opening = false
    reported = performance.now()
    const { ok, ...rest } = await send(`/q/${token}/seen`, said, leaving)
    // Withdrawn, or a new version: what is read here no longer holds.
    if (ok && 'answer' in rest && rest.answer.state !== standing && !document.querySelector('dialog[open]')) location.reload()
  }
}

/** The part that stands in the middle of the screen. */
function whereEyesAre(sections: HTMLElement[]): string | null {
  const middle = innerHeight / 2
  const distance = (part: HTMLElement) => {
    const { top, bottom } = part.getBoundingClientRect()
    return top <= middle && bottom >= middle ? 0 : Math.min(Math.abs(top - middle), Math.abs(bottom - middle))
  }
  const nearest = sections.reduce<HTMLElement | null>(
    (best, part) => (best && distance(best) <= distance(part) ? best : part),
    null,
  )
  return nearest?.dataset.section ?? null
}
