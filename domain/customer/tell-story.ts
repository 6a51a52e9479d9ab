import type { Prisma, Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { sha256 } from '../../lib/ids.js'
import { findDeal, notUndone } from '../message/find-context.js'
import type { Finding, MessageSource, Slot } from '../message/message.contract.js'
import { suggestCapture } from '../message/suggest-capture.js'
import {
  type Actor,
  changeVisibleTo,
  contactVisibleTo,
  messageVisibleTo,
  requirementVisibleTo,
  visibleTo,
} from '../person/actor.js'
import type { Me } from '../person/person.contract.js'
import { countBadge } from '../reminders/find-waiting.js'
import { briefOf, correctionOf } from '../requirement/find-chain.js'
import type { EvidenceMessage } from '../requirement/requirement.contract.js'
import { changeInclude, viewChange } from '../requirement/view-change.js'
import type { ChatStory } from './customer.contract.js'
import { listReminded } from './list-reminded.js'

/** The first step of a requirement that a new order opened, and what corrects it: nothing has changed yet. */
const isNeed = { types: { isEmpty: true } }

const LAST_SAID = 3
const CHANGES_SHOWN = 10

type Ask = { contactId: string; me: Me; hears: ChatStory['hears']; now: Date }

/** Everything the sidebar shows beside one chat, scoped by who looks. */
export async function tellStory(db: Reader, actor: Actor, { contactId, me, hears, now }: Ask): Promise<ChatStory> {
  const contact = await db.contact.findFirst({
    where: { id: contactId, ...contactVisibleTo(actor) },
    include: { identities: { where: { kind: 'external' }, select: { value: true } } },
  })
  if (!contact) throw new Refused('unknown-contact', '没有找到这位联系人，或者他不归你跟进', 404)
  const customer = contact.customerId
    ? await db.customer.findFirst({
        where: { id: contact.customerId, ...visibleTo(actor) },
        select: { id: true, name: true, productLine: true },
      })
    : null
  // A rep who shares the contact but not the customer still sees what they captured themselves.
  const changes = contact.customerId
    ? await db.requirementChange.findMany({
        where: { requirement: { customerId: contact.customerId }, ...changeVisibleTo(actor) },
        include: changeInclude,
        orderBy: { capturedAt: 'desc' },
        take: 50,
      })
    : []
  const captured = new Set(
    changes
      .filter((c) => !c.undoneAt)
      .flatMap((c) => ((c.evidence?.messages ?? []) as (EvidenceMessage & { messageId: string })[]).map((m) => m.messageId)),
  )
  const messages = await findLastSaid(db, { contactId, ...messageVisibleTo(actor) })
  const requirements = contact.customerId
    ? await db.requirement.findMany({
        where: { customerId: contact.customerId, AND: [notUndone, requirementVisibleTo(actor)] },
        include: { _count: { select: { changes: { where: { undoneAt: null, NOT: isNeed } } } } },
        orderBy: { number: 'desc' },
      })
    : []
  const suggestion = suggestCapture(
    messages.map((m) => ({
      id: m.id,
      speaker: m.speaker,
      text: m.text,
      finding: m.finding as Finding | null,
      label: labelOf(m),
      captured: captured.has(m.id),
      revoked: m.revokedAt !== null,
    })),
    (changes.find((change) => stands(change, changes))?.slots ?? []) as Slot[],
  )
  const words = messages.filter((m) => suggestion.messageIds.includes(m.id)).map((m) => m.text)
  const story = {
    me,
    contact: { id: contact.id, name: contact.name, externalUserId: contact.identities[0]?.value ?? null },
    customer,
    hears,
    messages: messages.map((m) => ({
      id: m.id,
      speaker: m.speaker as 'customer' | 'rep',
      name: m.speaker === 'customer' ? contact.name : m.person.name,
      text: m.text,
      saidAt: m.saidAt.toISOString(),
      source: m.source as MessageSource,
      revoked: m.revokedAt !== null,
      finding: m.finding as Finding | null,
      label: labelOf(m),
    })),
    requirements: requirements.map(briefOf),
    suggestion: {
      ...suggestion,
      requirementId: customer ? ((await findDeal(db, contactId, words.join('\n')))?.requirementId ?? null) : null,
    },
    changes: changes
      .filter((change) => !change.undoneAt)
      .slice(0, CHANGES_SHOWN)
      .map((change) =>
        viewChange(
          change,
          now,
          correctionOf(
            changes.filter((c) => c.requirementId === change.requirementId),
            change.step,
          ),
        ),
      ),
    reminded: customer ? await listReminded(db, actor, { customerId: customer.id, now }) : [],
    waiting: await countBadge(db, actor, now),
  }
  return { version: sha256(JSON.stringify(story)).slice(0, 16), ...story }
}

type Step = { requirementId: string; step: number; corrects: number | null; undoneAt: Date | null }

/** Neither undone nor put right since. */
const stands = (change: Step, all: Step[]): boolean =>
  change.undoneAt === null &&
  correctionOf(
    all.filter((one) => one.requirementId === change.requirementId),
    change.step,
  ) === null

/** What one of ours said of it last: 是变更 or 不是变更. */
const labelOf = (message: { labels: { change: boolean }[] }): boolean | null => message.labels[0]?.change ?? null

/** The last three that the customer said and the rep's words between them, oldest first. */
async function findLastSaid(db: Reader, where: Prisma.MessageWhereInput) {
  const said = await db.message.findMany({
    where: { ...where, speaker: 'customer' },
    orderBy: [{ saidAt: 'desc' }, { id: 'desc' }],
    take: LAST_SAID,
    select: { saidAt: true },
  })
  const from = said.at(-1)?.saidAt
  if (!from) return []
  const messages = await db.message.findMany({
    where: { ...where, saidAt: { gte: from } },
    include: { person: { select: { name: true } }, labels: { orderBy: { at: 'desc' }, take: 1, select: { change: true } } },
    orderBy: [{ saidAt: 'desc' }, { id: 'desc' }],
    take: 30, // a rep who talks a lot must not push the page down
  })
  return messages.reverse()
}
