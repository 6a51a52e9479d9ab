import type { Reader } from '../../lib/db.js'
import type { Secrets } from '../../lib/secret.js'
import type { Actor } from '../person/actor.js'
import { maySeeMargin } from '../price/may-see-margin.js'
import { assertReadable } from './assert-readable.js'
import { mayDecide } from './find-deciders.js'
import { hashDraft } from './hash-draft.js'
import type { QuoteDraft, QuoteView } from './quote.contract.js'
import { answerWith, viewAnswer } from './view-answer.js'
import { approvalWith, viewApproval } from './view-approval.js'
import { briefWith, viewBrief } from './view-brief.js'
import { versionWith, viewVersion } from './view-version.js'

/**
 * A quote, whole, as this actor may see it: margins only for who may see them. `phones` opens the numbers that customers left:
 * nothing that is kept (an answer of `once`, a log) is made with it.
 */
export async function viewQuote(db: Reader, actor: Actor, quoteId: string, phones: Secrets | null = null): Promise<QuoteView> {
  const { mayEdit } = await assertReadable(db, actor, quoteId)
  const row = await db.quote.findUniqueOrThrow({
    where: { id: quoteId },
    include: {
      ...briefWith,
      contact: { select: { id: true, name: true } },
      requirement: { select: { id: true, number: true, title: true } },
      contract: { select: { id: true, number: true } },
      versions: { include: versionWith, orderBy: { version: 'desc' } },
      approvals: { include: approvalWith, orderBy: { askedAt: 'desc' } },
      answers: { include: answerWith, omit: { signature: true }, orderBy: { at: 'desc' } },
    },
  })
  const signed = await db.quoteAnswer.findMany({ where: { quoteId, signature: { not: null } }, select: { id: true } })
  const draft = row.draft as QuoteDraft | null
  const draftHash = draft && hashDraft(draft)
  return {
    ...viewBrief(row),
    ...{ contact: row.contact, requirement: row.requirement, contract: row.contract },
    draft,
    draftRev: row.draftRev,
    versions: row.versions.map((version) => viewVersion(version, maySeeMargin(actor))),
    answers: row.answers.map((one) => viewAnswer({ ...one, signed: signed.some(({ id }) => id === one.id) }, phones)),
    approvals: row.approvals.map((one) => viewApproval(one, draftHash)),
    ...{ me: actor.personId, mayEdit, mayDecide: await mayDecide(db, actor, quoteId) },
  }
}
