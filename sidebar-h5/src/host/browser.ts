import { canRecord } from './can-record.js'
import { copyText } from './copy-text.js'
import type { Host } from './host.js'

/** A plain browser: nobody's chat stands beside the page, so the rep picks the customer and carries words by hand. */
export function createBrowserHost(): Host {
  return {
    name: 'browser',
    entry: async () => 'none',
    currentExternalContact: async () => null,
    currentChat: async () => null,
    clipboard: () => navigator.clipboard?.readText?.().catch(() => null) ?? Promise.resolve(null),
    copy: copyText,
    putIntoChat: null,
    putNewsIntoChat: null,
    record: canRecord(),
    close: null,
  }
}
