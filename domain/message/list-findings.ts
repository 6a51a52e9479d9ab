import type { Prisma, Reader } from '../../lib/db.js'
import { type Actor, messageVisibleTo } from '../person/actor.js'
import type { FindingRow, FindingsFilter, KeptFinding } from './findings.contract.js'
import type { MessageSource } from './message.contract.js'

const PAGE = 30
/** What is rare is looked for this far and no further; the reader goes on from there. */
const MOST_ROUNDS = 6

type Asked = { filter: FindingsFilter /** A message's id: what was heard before it. */; before: string | null }
/** Without what only the net can say of it. */
type Row = Omit<FindingRow, 'grams'>

/** What customers said and how it was understood, newest first (ids sort by when it was heard). */
export async function listFindings(db: Reader, actor: Actor, asked: Asked): Promise<{ rows: Row[]; next: string | null }> {
  const rows: Row[] = []
  let before = asked.before
  for (let round = 0; round < MOST_ROUNDS && rows.length < PAGE; round++) {
    const messages = await findMessages(db, actor, { ...asked, before })
    const captured = await findCaptured(db, messages)
    const names = await findNames(db, messages)
    for (const message of messages) {
      before = message.id
      const row = toRow(message, captured.has(message.id), names)
      if (belongs(row, asked.filter)) rows.push(row)
      if (rows.length === PAGE) break
    }
    if (messages.length < PAGE && rows.length < PAGE) return { rows, next: null }
  }
  return { rows, next: before }
}

const include = {
  contact: { select: { name: true, customer: { select: { name: true } } } },
  person: { select: { name: true } },
  labels: { orderBy: { at: 'desc' } },
} satisfies Prisma.MessageInclude
type Message = Prisma.MessageGetPayload<{ include: typeof include }>

const isChange = { finding: { path: ['change'], equals: true } } satisfies Prisma.MessageWhereInput

const WHERE: Record<FindingsFilter, Prisma.MessageWhereInput> = {
  all: {},
  suspected: isChange,
  uncaptured: { ...isChange, revokedAt: null, labels: { none: { change: false } } },
  disputed: { labels: { some: {} } },
}

const findMessages = (db: Reader, actor: Actor, { filter, before }: Asked): Promise<Message[]> =>
  db.message.findMany({
    where: { speaker: 'customer', AND: [messageVisibleTo(actor), WHERE[filter]], ...(before ? { id: { lt: before } } : {}) },
    include,
    orderBy: { id: 'desc' },
    take: PAGE,
  })

/** Those of them that stand as evidence of a change that was not undone. */
async function findCaptured(db: Reader, messages: Message[]): Promise<Set<string>> {
  const contactIds = [...new Set(messages.map((message) => message.contactId))]
  const oldest = Math.min(...messages.map((message) => message.saidAt.getTime()))
  if (contactIds.length === 0) return new Set()
  const changes = await db.requirementChange.findMany({
    where: { contactId: { in: contactIds }, undoneAt: null, capturedAt: { gte: new Date(oldest) } },
    select: { evidence: { select: { messages: true } } },
  })
  const said = changes.flatMap((change) => (change.evidence?.messages ?? []) as { messageId?: string }[])
  return new Set(said.flatMap((message) => message.messageId ?? []))
}

/** Of those who labelled them. */
async function findNames(db: Reader, messages: Message[]): Promise<Map<string, string>> {
  const ids = [...new Set(messages.flatMap((message) => message.labels.map((label) => label.personId)))]
  const people = await db.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  return new Map(people.map((person) => [person.id, person.name]))
}

function toRow(message: Message, captured: boolean, names: Map<string, string>): Row {
  return {
    id: message.id,
    text: message.text,
    saidAt: message.saidAt.toISOString(),
    source: message.source as MessageSource,
    revoked: message.revokedAt !== null,
    contact: message.contact.name,
    customer: message.contact.customer?.name ?? null,
    rep: message.person.name,
    finding: message.finding as KeptFinding | null,
    captured,
    labels: message.labels.map((label) => ({
      by: names.get(label.personId) ?? '同事',
      change: label.change,
      at: label.at.toISOString(),
    })),
  }
}

/** What the database can't tell by itself. */
function belongs({ captured, finding, labels }: Row, filter: FindingsFilter): boolean {
  if (filter === 'uncaptured') return !captured
  if (filter !== 'disputed') return true
  return labels.some((label) => label.change !== (finding?.change ?? false)) || new Set(labels.map((one) => one.change)).size > 1
}
