import type { Prisma, Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { newId } from '../../lib/ids.js'
import { record } from '../audit/record.js'
import { lockContact } from '../contact/lock-contact.js'
import { ensureCustomer } from '../customer/ensure-customer.js'
import { assertContact, assertCustomer } from '../customer/open-chat.js'
import { findDealOf } from '../message/find-context.js'
import { findOpenLead } from '../opportunity/find-open-lead.js'
import { type Actor, requirementVisibleTo } from '../person/actor.js'
import type { Terms } from '../requirement/requirement.contract.js'
import { findQuotePolicy } from '../rule/find-quote-policy.js'
import type { Work } from '../work.js'
import { draftFrom } from './draft-from.js'
import { touchQuote } from './find-quote.js'
import { findRequested } from './find-requested.js'
import { blankDraft, fillFromTerms, fillPrices } from './prefill.js'
import { type QuoteDraft, type QuoteView, quoteDraft } from './quote.contract.js'
import { viewQuote } from './view-quote.js'

/** `fromQuoteId`: what it says is taken over: goods and terms, agreed prices as they were, those of the books as they are today. */
export type Create = {
  customerId: string | null
  contactId?: string | null | undefined
  requirementId?: string | null | undefined
  fromQuoteId?: string | null | undefined
}

/**
 * 报价: a draft for a customer, filled with what is known: an earlier quote, or the requirement that moved last, as it stands after
 * its changes, at the prices of the customer's books. A contact without a company becomes one.
 */
export async function createDraft(work: Work, actor: Actor, create: Create): Promise<QuoteView> {
  const { tx, now } = work
  const { customerId, contactId } = await placeOf(work, actor, create)
  const customer = await tx.customer.findUniqueOrThrow({ where: { id: customerId } })
  const earlier = create.fromQuoteId ? await draftFrom(tx, actor, create.fromQuoteId) : null
  const sameCustomer = earlier?.customerId === customerId
  const requirement = await findRequirement(work, actor, { customerId, asked: create.requirementId ?? null, earlier })
  const blank = blankDraft(requirement?.title ?? `${customer.name}报价`, (await findQuotePolicy(tx)).defaultValidDays)
  const written = earlier ? earlier.draft : requirement ? await fillFromTerms(tx, blank, requirement.terms as Terms, now) : blank
  // What another customer was offered is no offer to this one; what followed the books follows them.
  const priced = earlier ? withoutPrices(written, !sameCustomer) : written
  const asked = earlier && !sameCustomer ? await forAnother(tx, { ...priced, title: blank.title }, customerId) : priced
  const draft = quoteDraft.parse(await fillPrices(tx, asked, { tier: customer.tier, now }))
  const id = newId()
  await tx.quote.create({
    data: {
      ...{ id, customerId, contactId, ownerId: actor.personId, createdAt: now },
      requirementId: requirement?.id ?? null,
      opportunityId: await findOpenLead(tx, { customerId, contactId, before: now }),
      requestedAt: requirement ? await findRequested(tx, requirement.id) : null,
      draft: draft as unknown as Prisma.InputJsonObject,
    },
  })
  const content = { customerId, requirementId: requirement?.id ?? null, fromQuoteId: create.fromQuoteId ?? null }
  await record(work, { actor: actor.personId, verb: 'quote-create', subject: `quote:${id}`, content })
  touchQuote(work, { id, customerId, contactId })
  return viewQuote(tx, actor, id)
}

/** Whom it is for. Ids come from a page: both are checked, and that they belong together. */
async function placeOf(work: Work, actor: Actor, { customerId, contactId: asked }: Create) {
  if (customerId) await assertCustomer(work.tx, actor, customerId)
  if (!asked) {
    if (!customerId) throw new Refused('no-customer', '先选一家客户')
    return { customerId, contactId: null }
  }
  await assertContact(work, actor, asked)
  const contactId = await lockContact(work, asked)
  const contact = await work.tx.contact.findUniqueOrThrow({
    where: { id: contactId },
    select: { id: true, name: true, customerId: true },
  })
  if (customerId && contact.customerId !== customerId)
    throw new Refused('other-customer', '这位联系人不是这家客户的，刷新后再试', 409)
  const own = customerId ?? (await ensureCustomer(work, contact, actor))
  // Whoever shares the person and not the company quotes nothing in its name.
  await assertCustomer(work.tx, actor, own)
  return { customerId: own, contactId }
}

type Earlier = Awaited<ReturnType<typeof draftFrom>>
type Asked = { customerId: string; asked: string | null; earlier: Earlier | null }

async function findRequirement(work: Work, actor: Actor, { customerId, asked, earlier }: Asked) {
  const id = asked ?? (earlier ? null : ((await findDealOf(work.tx, customerId, ''))?.requirementId ?? null))
  if (!id) return null
  const where = { AND: [{ id, customerId }, requirementVisibleTo(actor)] }
  const found = await work.tx.requirement.findFirst({ where, select: { id: true, title: true, terms: true } })
  if (!found && asked) throw new Refused('unknown-requirement', '没有找到这个需求，或者它不是这家客户的', 404)
  return found
}

/** What went wrong at one customer's is read by no other. */
async function forAnother(db: Reader, draft: QuoteDraft, customerId: string): Promise<QuoteDraft> {
  const ids = draft.risks.map(({ id }) => id)
  const foreign = await db.techRisk.findMany({
    where: { id: { in: ids }, customerId: { not: customerId } },
    select: { id: true },
  })
  return { ...draft, risks: draft.risks.filter(({ id }) => !foreign.some((one) => one.id === id)) }
}

const withoutPrices = (draft: QuoteDraft, all: boolean): QuoteDraft => ({
  ...draft,
  discountFen: all ? 0 : draft.discountFen,
  lines: draft.lines.map((line) => (line.productId && (all || line.followsBook) ? { ...line, price: '0' } : line)),
})
