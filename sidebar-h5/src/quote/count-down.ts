import { formatTimeLeft, isSoonOver } from '../../../lib/format/time-left'

/** Goes on from what the server wrote, by the server's clock: a phone's may be wrong. */
export function countDown(until: string, now: string): void {
  const time = document.querySelector('.top time')
  if (!time) return
  const ends = Date.parse(until) - Date.parse(now)
  const began = performance.now()
  const timer = setInterval(() => {
    const left = ends - (performance.now() - began)
    time.textContent = formatTimeLeft(left)
    time.closest('.chip')?.classList.toggle('soon', isSoonOver(left))
    // What is over is another page.
    if (left <= 0) {
      clearInterval(timer)
      location.reload()
    }
  }, 15_000)
}
