import { later } from '../outbox.js'
import type { Work } from '../work.js'

/** A version as a PDF. Asked for when it is sent; asked twice is made once. */
export const askQuotePdf = (work: Work, versionId: string): Promise<void> =>
  later(work, {
    ...{ kind: 'render-quote-pdf', key: `render-quote-pdf:${versionId}` },
    ...{ lane: laneOf(versionId), payload: { versionId } },
  })

/** What the customer confirmed, as a PDF for both sides. */
export const askAcceptedPdf = (work: Work, answerId: string): Promise<void> =>
  later(work, {
    ...{ kind: 'render-accepted-pdf', key: `render-accepted-pdf:${answerId}` },
    ...{ lane: laneOf(answerId), payload: { answerId } },
  })

/** Sixteen lanes: they are drawn one after the other, and a worker holds no more than it gets done before its lease ends. */
const laneOf = (id: string) => `pdf:${id.at(-1)}`
