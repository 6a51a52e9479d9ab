import type { Prisma, Reader } from '../../lib/db.js'
import { sha256 } from '../../lib/ids.js'
import { listCallLines } from '../call/list-call-lines.js'
import { findDealOf, notUndone } from '../message/find-context.js'
import type { Finding, MessageSource, MessageView, Slot } from '../message/message.contract.js'
import { suggestCapture } from '../message/suggest-capture.js'
import { type Actor, changeVisibleTo, requirementVisibleTo, visibleTo } from '../person/actor.js'
import type { Me } from '../person/person.contract.js'
import { listQuoteLines } from '../quote/list-quote-lines.js'
import { countBadge } from '../reminders/find-waiting.js'
import { briefOf, correctionOf } from '../requirement/find-chain.js'
import type { EvidenceMessage } from '../requirement/requirement.contract.js'
import { changeInclude, viewChange } from '../requirement/view-change.js'
import { findSilence } from '../silence/find-silence.js'
import type { ChatStory } from './customer.contract.js'
import { listMilestones } from './list-milestones.js'
import { listReminded } from './list-reminded.js'
import type { RemindedEntry } from './reminded.contract.js'

/** The first step of a requirement that a new order opened, and what corrects it: nothing has changed yet. */
const isNeed = { types: { isEmpty: true } }

const LAST_SAID = 3
const CHANGES_SHOWN = 10

export type StoryAsk = { me: Me; hears: ChatStory['hears']; now: Date }
type Told = Pick<ChatStory, 'contact'> & {
  /** Whose requirements these words are about. */
  customerId: string | null
  messages: SaidMessage[]
  group?: ChatStory['group']
}

/** What stands around the words of a chat or of a group, scoped by who looks: the customer, the chains, what to capture. */
export async function composeStory(db: Reader, actor: Actor, told: Told & StoryAsk): Promise<ChatStory> {
  const { contact, customerId, messages, group, me, hears, now } = told
  const customer = customerId
    ? await db.customer.findFirst({
        where: { id: customerId, ...visibleTo(actor) },
        select: { id: true, name: true, productLine: true },
      })
    : null
  // A rep who shares the contact but not the customer still sees what they captured themselves.
  const changes = customerId
    ? await db.requirementChange.findMany({
        where: { requirement: { customerId }, ...changeVisibleTo(actor) },
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
  const requirements = customerId
    ? await db.requirement.findMany({
        where: { customerId, AND: [notUndone, requirementVisibleTo(actor)] },
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
    contact,
    customer,
    hears,
    messages: messages.map((message) => viewMessage(message, group ? 'group' : 'chat')),
    requirements: requirements.map(briefOf),
    silence:
      hears === 'archive' && !(group && !customer)
        ? await findSilence(db, actor, { contactId: group ? null : contact.id, customerId: customer?.id ?? null, now })
        : null,
    suggestion: {
      ...suggestion,
      requirementId: customer ? ((await findDealOf(db, customer.id, words.join('\n')))?.requirementId ?? null) : null,
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
    reminded: newestOf([
      ...(customer ? await listReminded(db, actor, { customerId: customer.id, now }) : []),
      ...(group ? [] : await listMilestones(db, actor, { contactId: contact.id, customerId: customer?.id ?? null, now })),
      ...(group ? [] : await listCallLines(db, actor, { contactId: contact.id, customerId: customer?.id ?? null })),
      ...(await listQuoteLines(db, actor, { customerId })),
    ]),
    waiting: await countBadge(db, actor, now),
    ...(group ? { group } : {}),
  }
  return { version: sha256(JSON.stringify(story)).slice(0, 16), ...story }
}

const LINES = 8

/** One timeline of what was reminded and of how it began. */
const newestOf = (entries: RemindedEntry[]): RemindedEntry[] => entries.sort((a, b) => b.at.localeCompare(a.at)).slice(0, LINES)

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

const saidWith = {
  person: { select: { name: true } },
  contact: { select: { name: true } },
  labels: { orderBy: { at: 'desc' as const }, take: 1, select: { change: true } },
}
export type SaidMessage = Prisma.MessageGetPayload<{ include: typeof saidWith }>

/** `where`: beside a chat, what was said in a group says so. */
export function viewMessage(message: SaidMessage, where: 'chat' | 'group'): MessageView {
  const spoke = message.speaker === 'customer' ? message.contact.name : message.person.name
  return {
    id: message.id,
    speaker: message.speaker as 'customer' | 'rep',
    name: where === 'chat' && message.groupId ? `${spoke} · 群里` : spoke,
    text: message.text,
    saidAt: message.saidAt.toISOString(),
    source: message.source as MessageSource,
    revoked: message.revokedAt !== null,
    finding: message.finding as Finding | null,
    label: labelOf(message),
  }
}

/** The last few that the customer said and the rep's words between them, oldest first. */
export async function findLastSaid(db: Reader, where: Prisma.MessageWhereInput, count = LAST_SAID): Promise<SaidMessage[]> {
  const said = await db.message.findMany({
    where: { ...where, speaker: 'customer' },
    orderBy: [{ saidAt: 'desc' }, { id: 'desc' }],
    take: count,
    select: { saidAt: true },
  })
  const from = said.at(-1)?.saidAt
  if (!from) return []
  const messages = await db.message.findMany({
    where: { ...where, saidAt: { gte: from } },
    include: saidWith,
    orderBy: [{ saidAt: 'desc' }, { id: 'desc' }],
    take: 30, // a rep who talks a lot must not push the page down
  })
  return messages.reverse()
}
