import type { Page } from './ask-page.js'

/**
 * By how many seconds we are ahead of who answered (behind: negative); null when it did not say. Its answer says by its own
 * clock when it was, in whole seconds (RFC 9110 § 6.6.1): half of the way back, and half of the second that it leaves out.
 */
export function skewOf(page: Page, here: Date): number | null {
  if ('error' in page || !page.date) return null
  return Math.round((here.getTime() - page.ms / 2 - page.date.getTime() - 500) / 1000)
}
