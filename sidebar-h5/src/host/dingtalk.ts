import { canRecord } from './can-record.js'
import { copyText } from './copy-text.js'
import { getSignature } from './dingtalk-api.js'
import { closePage, configure, setClipboard, setTitle } from './dingtalk-bridge.js'
import type { Host } from './host.js'

/** DingTalk gives apps no customer's chat: the rep picks the customer, and carries words by hand or by the robot. */
export async function createDingtalkHost(): Promise<Host> {
  // Nothing that a page shows waits for it.
  void introduce().catch(() => undefined)
  followTitle()
  return {
    name: 'dingtalk',
    entry: async () => 'none',
    currentExternalContact: async () => null,
    currentChat: async () => null,
    // Its client has no call that reads the clipboard; some of its webviews let a page do it.
    clipboard: () => navigator.clipboard?.readText?.().catch(() => null) ?? Promise.resolve(null),
    copy: async (text) => {
      await setClipboard(text).catch(() => copyText(text))
    },
    putIntoChat: null,
    putNewsIntoChat: null,
    record: canRecord(),
    close: () => void closePage().catch(() => undefined),
  }
}

/** The page may have gone on while its address was being signed: then the new one is. */
async function introduce(): Promise<void> {
  for (let tries = 0; tries < 3; tries++) {
    const url = signedUrl()
    const signed = await getSignature(url)
    if (url === signedUrl()) return configure(signed)
  }
}

/**
 * The address that the client has for this page: Android's keeps the one that was opened, the others follow the history.
 * https://open.dingtalk.com/document/development/jsapi-authentication
 */
function signedUrl(): string {
  const opened = performance.getEntriesByType('navigation')[0]?.name
  const url = /Android/i.test(navigator.userAgent) && opened ? opened : location.href
  return url.split('#')[0] ?? url
}

/** Its title bar shows what the page was called when it loaded, unless it is told. */
function followTitle(): void {
  const tell = () => void setTitle(document.title.replace(/ · 不漏$/, '')).catch(() => undefined)
  const title = document.querySelector('title')
  if (title) new MutationObserver(tell).observe(title, { childList: true, characterData: true, subtree: true })
  tell()
}
