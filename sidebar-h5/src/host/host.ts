/** Where a page was opened from. WeCom: https://developer.work.weixin.qq.com/document/path/94313 (getContext). */
export type Entry = 'contact' | 'group' | 'none'

/** What the app around the page can do for it. One file a host; nothing else in the pages knows which one it is. */
export type Host = {
  name: 'wecom' | 'browser'
  /** Is there a customer, or a group, beside this page? */
  entry(): Promise<Entry>
  /** The platform's id of the customer whose chat stands beside the page. */
  currentExternalContact(): Promise<string | null>
  currentChat(): Promise<string | null>
  /** The text in the clipboard; null when it can't be read here (then the page shows a field to paste into). */
  clipboard(): Promise<string | null>
  copy(text: string): Promise<void>
  /** Puts words into the chat beside the page; null where there is none. */
  putIntoChat: ((text: string) => Promise<void>) | null
  /** Closes the page; null where a page can't close itself. */
  close: (() => void) | null
}

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
