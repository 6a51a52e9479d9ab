import type { QuoteContent } from '../../domain/quote/quote.contract.js'

/** Built files of the page's own entry, by their addresses; null while they are not built: the page reads without them. */
export type Assets = { script: string; style: string }

/** What this device said, and what came back. */
export type OwnWords = { kind: 'adjust' | 'decline' | 'ask'; words: string; at: Date; reply: string | null }

/** Everything that stands on the page of a quote. What was offered is its content and nothing else. */
export type QuotePageView = {
  token: string
  content: QuoteContent
  /** Business time. */
  now: Date
  /** Replaced: it can be read, and no more be answered. */
  state: 'open' | 'replaced'
  /** Only said: who has this link may read this version, and the rep sends the other one to whom they mean. */
  newer: { version: number } | null
  /** `mine`: by this device, which may have the paper of it; its SHA-256, null while it is being made. */
  accepted: { name: string; at: Date; mine: boolean; wantsStamp: boolean; stamped: boolean; paperHash: string | null } | null
  own: OwnWords[]
  hasPdf: boolean
  /** By picture: its place among the page's, and how wide it is. */
  pictures: Map<string, { place: number; width: number }>
  /** Who sees it, in a few words: they lie over the page. */
  viewer: string
  assets: Assets | null
  /** Its address with our domain, for whoever shares it; the 公众号 signs it. */
  canShare: boolean
}
