import type { Host } from './host.js'

let chosen: Promise<Host> | undefined

export function getHost(): Promise<Host> {
  chosen ??= loadHost(navigator.userAgent).catch((error: unknown) => {
    // Not for ever: the next one who asks tries again.
    chosen = undefined
    throw error
  })
  return chosen
}

/** Each host is a chunk of its own: WeCom's SDK looks at user agent and bridge while it loads, and is of no use elsewhere. */
async function loadHost(userAgent: string): Promise<Host> {
  if (/wxwork\//i.test(userAgent)) return (await import('./wecom.js')).createWecomHost()
  return (await import('./browser.js')).createBrowserHost()
}
