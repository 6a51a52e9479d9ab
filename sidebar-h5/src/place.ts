import { shallowRef } from 'vue'

/**
 * Where we are, and how to go elsewhere: history mode under /h5/. Six pages without nesting or guards need no more than
 * this, and a router library would cost a seventh of the sidebar's bytes (docs/decisions).
 */
export type Place = { path: string; query: URLSearchParams }

const BASE = import.meta.env.BASE_URL.replace(/\/$/, '')

export const here = shallowRef<Place>(read())

export const hrefOf = (to: string): string => BASE + to

export function go(to: string, how: 'push' | 'replace' = 'push'): void {
  rememberScroll()
  const depth = how === 'push' ? depthHere() + 1 : depthHere()
  history[how === 'push' ? 'pushState' : 'replaceState']({ depth, scroll: 0 }, '', hrefOf(to))
  here.value = read()
  window.scrollTo(0, 0)
}

/** To where the person came from, if that was one of our pages; else to `instead`. */
export function goBack(instead: string): void {
  if (depthHere() > 0) history.back()
  else go(instead, 'replace')
}

/** The scroll is ours to restore: the browser does it before the page has fetched what it shows. */
export function followHistory(): void {
  history.scrollRestoration = 'manual'
  window.addEventListener('popstate', () => {
    here.value = read()
    restoreScroll(Number(history.state?.scroll ?? 0))
  })
  window.addEventListener('pagehide', rememberScroll)
  restoreScroll(Number(history.state?.scroll ?? 0))
}

function read(): Place {
  const path = location.pathname.slice(BASE.length).replace(/\/+$/, '')
  return { path: path || '/', query: new URLSearchParams(location.search) }
}

function depthHere(): number {
  return Number(history.state?.depth ?? 0)
}

function rememberScroll(): void {
  history.replaceState({ ...history.state, scroll: window.scrollY }, '')
}

/** Tries until the page is long enough, for a second; a person who scrolls meanwhile wins. */
function restoreScroll(top: number): void {
  const until = performance.now() + 1_000
  const stop = new AbortController()
  for (const sign of ['wheel', 'touchstart', 'keydown'])
    window.addEventListener(sign, () => stop.abort(), { once: true, signal: stop.signal })
  const step = () => {
    if (stop.signal.aborted) return
    // A list that grows as its end comes near must see its end, so it is scrolled as far as it goes.
    window.scrollTo(0, top)
    const fits = document.documentElement.scrollHeight - window.innerHeight >= top
    if (fits || performance.now() > until) stop.abort()
    else requestAnimationFrame(step)
  }
  requestAnimationFrame(step)
}
