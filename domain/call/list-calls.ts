import type { Prisma, Reader } from '../../lib/db.js'
import { maskPhone } from '../../lib/format/phone.js'
import type { Secrets } from '../../lib/secret.js'
import { type Actor, contactVisibleTo, visibleTo } from '../person/actor.js'
import type { CallDirection, CallOutcome, CallSource, CallView } from './call.contract.js'

const PAGE = 30
const BESIDE_CHAT = 6

/** Own calls, those with contacts that the actor sees through the customer; a lead the team's, a manager all. */
export function callVisibleTo(actor: Actor): Prisma.CallWhereInput {
  const seen = visibleTo(actor)
  if (Object.keys(seen).length === 0) return {}
  const team = actor.roles.includes('lead') && actor.teamId ? [{ person: { teamId: actor.teamId } }] : []
  return { OR: [{ personId: actor.personId }, { contact: { customer: seen } }, ...team] }
}

const include = {
  person: { select: { name: true } },
  contact: { select: { id: true, name: true, customer: { select: { name: true } } } },
  voice: { select: { seconds: true } },
} satisfies Prisma.CallInclude
type Row = Prisma.CallGetPayload<{ include: typeof include }>

/** Newest first. `before`: the id that the page before ended with. */
export async function listCalls(
  db: Reader,
  actor: Actor,
  { before, phones }: { before: string | null; phones: Secrets },
): Promise<{ calls: CallView[]; next: string | null }> {
  const rows = await db.call.findMany({
    where: { AND: [callVisibleTo(actor)] },
    include,
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    take: PAGE + 1,
    ...(before ? { cursor: { id: before }, skip: 1 } : {}),
  })
  const shown = rows.slice(0, PAGE)
  return { calls: shown.map((row) => viewCall(row, actor, phones)), next: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null }
}

/** The last ones with a contact; of whoever does not see the customer, their own. */
export async function listCallsWith(db: Reader, actor: Actor, { contactId, phones }: { contactId: string; phones: Secrets }) {
  const rows = await db.call.findMany({
    where: { contactId, contact: contactVisibleTo(actor), AND: [callVisibleTo(actor)] },
    include,
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    take: BESIDE_CHAT,
  })
  return rows.map((row) => viewCall(row, actor, phones))
}

/** Calls of one's own from the last day that began on our pages and of which nobody said yet how they went. */
export async function listUnsaid(db: Reader, actor: Actor, { now, phones }: { now: Date; phones: Secrets }): Promise<CallView[]> {
  const rows = await db.call.findMany({
    where: {
      personId: actor.personId,
      source: 'page',
      outcome: null,
      startedAt: { gt: new Date(now.getTime() - 24 * 3_600_000) },
    },
    include,
    orderBy: { startedAt: 'desc' },
    take: 5,
  })
  return rows.map((row) => viewCall(row, actor, phones))
}

export async function getCall(
  db: Reader,
  actor: Actor,
  { id, phones }: { id: string; phones: Secrets },
): Promise<CallView | null> {
  const row = await db.call.findFirst({ where: { id, AND: [callVisibleTo(actor)] }, include })
  return row && viewCall(row, actor, phones)
}

function viewCall(row: Row, actor: Actor, phones: Secrets): CallView {
  const { contact } = row
  return {
    id: row.id,
    source: row.source as CallSource,
    direction: row.direction as CallDirection,
    startedAt: row.startedAt.toISOString(),
    seconds: row.seconds,
    outcome: row.outcome as CallOutcome | null,
    recordingUrl: row.recordingUrl?.startsWith('https:') ? row.recordingUrl : null,
    note: row.note,
    voice: row.voice,
    person: row.person?.name ?? null,
    contact: contact && { id: contact.id, name: contact.name, customer: contact.customer?.name ?? null },
    phone: row.sealed ? maskPhone(phones.open(row.sealed)) : null,
    mine: row.personId === actor.personId,
  }
}
