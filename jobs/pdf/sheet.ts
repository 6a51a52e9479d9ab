import type { QuoteContent } from '../../domain/quote/quote.contract.js'

/** What a paper says, whole: the child that draws it asks nobody anything. */
export type Sheet = {
  content: QuoteContent
  /** SHA-256 of the content, as the row of the version has it. */
  contentHash: string
  /** Bytes by picture id; what is no PNG or JPEG is left out of the paper. */
  pictures: Record<string, Uint8Array>
  /** Null: the quote itself, not its acceptance. */
  acceptance: Acceptance | null
}

export type Acceptance = {
  name: string | null
  phone: string | null
  /** A drawn signature, PNG or JPEG. */
  signature: Uint8Array | null
  /** ISO. */
  at: string
  ip: string
  device: string
  words: string | null
  wantsStamp: boolean
  /** SHA-256 over what was confirmed, by whom and when. */
  hash: string
}
