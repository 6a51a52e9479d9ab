import { later } from '../outbox.js'
import type { Work } from '../work.js'

/** A version as a PDF. Asked for when it is sent; asked twice is made once. Each has a lane of its own: one that fails holds up no other. */
export const askQuotePdf = (work: Work, versionId: string): Promise<void> => {
  const key = `render-quote-pdf:${versionId}`
  return later(work, { kind: 'render-quote-pdf', key, lane: key, payload: { versionId } })
}

/** What the customer confirmed, as a PDF for both sides. */
export const askAcceptedPdf = (work: Work, answerId: string): Promise<void> => {
  const key = `render-accepted-pdf:${answerId}`
  return later(work, { kind: 'render-accepted-pdf', key, lane: key, payload: { answerId } })
}
