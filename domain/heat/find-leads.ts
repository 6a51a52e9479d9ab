import type { Prisma, Reader } from '../../lib/db.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import { atMinute } from '../../lib/working-days.js'
import { addDays } from '../leak/clock-days.js'
import { deadlineOf, KIND, subjectOf } from '../opportunity/quote-clock.js'
import type { Actor } from '../person/actor.js'
import type { Calm } from '../reminders/calm.contract.js'
import { productOf } from './product-of.js'

export type Outcome = 'invalid' | 'running' | 'quoted' | 'outside' | 'late' | 'unquoted'
export type Lead = {
  id: string
  title: string
  customer: string
  contactId: string | null
  rep: { id: string; name: string }
  channel: string | null
  product: string
  /** Its Monday. */
  week: string
  createdAt: Date
  dueAt: Date
  outcome: Outcome
  /** Its 72 hours are open still: no price yet. */
  waits: boolean
}

/** Whose leads somebody may look into: a manager and an administrator all, a lead the team's and their own people's. */
export function inTeam(actor: Actor): Prisma.PersonWhereInput {
  if (actor.roles.includes('manager') || actor.roles.includes('admin')) return {}
  const team = actor.teamId ? [{ teamId: actor.teamId }] : []
  return { OR: [{ id: actor.personId }, { managerId: actor.personId }, ...team] }
}

type Span = { days: string[]; calm: Calm; now: Date; owner: Prisma.PersonWhereInput }

/**
 * The leads that began on these days and whose 72 hours ran (the same pausing clock as their reminder: one from before there was
 * such a clock is none), with what came of each:
 * `invalid` 无效 · `running` the 72 hours aren't over, whatever came of it so far · `quoted` a quote of ours was sent by then ·
 * `outside` 系统外报价 by then · `late` a price after that · `unquoted` none until now.
 */
export async function findLeads(db: Reader, { days, calm, now, owner }: Span): Promise<Lead[]> {
  const from = atMinute(days[0] as string, 0)
  const until = atMinute(addDays(days.at(-1) as string, 1), 0)
  const rows = await db.opportunity.findMany({
    where: { createdAt: { gte: from, lt: until }, undoneAt: null, owner },
    include: {
      owner: { select: { id: true, name: true } },
      customer: { select: { name: true, productLine: true } },
      contact: { select: { name: true, customer: { select: { name: true, productLine: true } } } },
      quotes: {
        select: { versions: { where: { version: 1 }, select: { content: true } } },
        orderBy: { createdAt: 'asc' },
        take: 1,
      },
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  const clocks = await db.reminder.findMany({
    where: { kind: KIND, subject: { in: rows.map(({ id }) => subjectOf(id)) } },
    select: { subject: true },
  })
  const ran = new Set(clocks.map(({ subject }) => subject))
  const counted = rows.filter(({ id }) => ran.has(subjectOf(id)))
  const products = await productOf(
    db,
    counted.map(({ quotes }) => quotes[0]?.versions[0]?.content ?? null),
  )
  return counted.map((row, i): Lead => {
    const customer = row.customer ?? row.contact?.customer ?? null
    const dueAt = deadlineOf(row.createdAt, calm)
    return {
      ...{ id: row.id, title: row.title, contactId: row.contactId, rep: row.owner, channel: row.channel, dueAt },
      customer: customer?.name ?? row.contact?.name ?? row.title,
      product: customer?.productLine ?? products[i] ?? '没写产品线',
      week: mondayOf(row.createdAt),
      createdAt: row.createdAt,
      outcome: outcomeOf(row, dueAt, now),
      waits: row.quotedAt === null,
    }
  })
}

type Row = { invalidAt: Date | null; quotedAt: Date | null; quotedHow: string | null }

function outcomeOf({ invalidAt, quotedAt, quotedHow }: Row, dueAt: Date, now: Date): Outcome {
  if (invalidAt) return 'invalid'
  if (dueAt > now) return 'running'
  if (!quotedAt) return 'unquoted'
  if (quotedAt > dueAt) return 'late'
  return quotedHow === 'outside' ? 'outside' : 'quoted'
}

export function mondayOf(at: Date): string {
  const day = shanghaiDay(at)
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))
}
