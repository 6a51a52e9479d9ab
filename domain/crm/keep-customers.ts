import { newId } from '../../lib/ids.js'
import { findKnown } from '../first-contact/find-known.js'
import { keepLines } from '../listed-contact/keep-lines.js'
import { findLines, type List } from '../listed-contact/known-lines.js'
import { hashOf, type ListedLine } from '../listed-contact/listed-line.js'
import type { Effects } from '../outbox.js'
import type { Work } from '../work.js'
import { isFirstLook, noteCustomersRead, readCustomers } from './look.js'

/** The platform and our own database get a breath between two pages. */
const APART_MS = 1_000
/** A guard against a list that never ends: each page is paid for. */
const MOST_PAGES = 50

type Page = Effects['list-dingtalk-customers']
type Read = { organisation: string; lines: ListedLine[]; next: string | null }

/**
 * One page of a member's customers in 钉钉 CRM, the last changed first: a page that says nothing new is the last. Whoever is new
 * is a first contact. At the first look all of it is history, and companies that nobody knows yet become customers of their
 * owner; a name that is known already is for a person to judge.
 */
export async function keepCustomers(work: Work, page: Page, { organisation, lines, next }: Read): Promise<void> {
  const list: List = { platform: 'dingtalk-crm', organisation }
  const history = await isFirstLook(work, page)
  const known = await findLines(
    work,
    list,
    lines.map(({ value }) => value),
  )
  const isNews = lines.some((line) => known.get(line.value)?.hash !== hashOf(line))
  const look = { run: page.run, at: work.now, whole: false, history, source: 'crm' as const }
  const contactIds = await keepLines(work, list, lines, look)
  if (history) for (const contactId of contactIds) await ensureCompany(work, contactId)
  if (next && isNews && page.page < MOST_PAGES)
    return readCustomers(work, { ...page, cursor: next, page: page.page + 1 }, new Date(work.now.getTime() + APART_MS))
  await noteCustomersRead(work, page)
}

/** A company of the list that we don't know is its owner's customer from now on. */
async function ensureCompany(work: Work, contactId: string): Promise<void> {
  const contact = await work.tx.contact.findUniqueOrThrow({
    where: { id: contactId },
    include: { follows: { where: { endedAt: null }, orderBy: [{ since: 'asc' }, { personId: 'asc' }], take: 1 } },
  })
  const owner = contact.follows[0]
  if (!contact.corpName || contact.customerId || !owner || (await findKnown(work.tx, contactId))) return
  const id = newId()
  const { corpName: name } = contact
  await work.tx.customer.create({ data: { id, name, ownerId: owner.personId, createdAt: work.now, source: 'crm' } })
  await work.tx.contact.update({ where: { id: contactId }, data: { customerId: id } })
}
