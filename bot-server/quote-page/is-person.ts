import { isbot } from 'isbot'

type Headers = { get(name: string): string }

/**
 * Whether somebody may sit behind a request. Chat apps fetch a link before anybody taps it, to look it over or to draw its
 * card, and browsers fetch pages ahead: none of that is a customer's visit.
 */
export function isPerson(headers: Headers): boolean {
  const purpose = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) => headers.get(name)).join(' ')
  if (/prefetch|preview|prerender/i.test(purpose)) return false
  const userAgent = headers.get('user-agent')
  return userAgent !== '' && !isbot(userAgent)
}
