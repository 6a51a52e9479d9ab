import * as z from 'zod/mini'
import { Prisma, type Reader } from '../../lib/db.js'
import { formatClock, formatDuration, formatSince } from '../../lib/format/dates.js'
import { findLabels } from '../contact-way/find-labels.js'
import { endWords } from '../first-contact/words.js'
import type { Actor } from '../person/actor.js'
import { readPlace, writePlace } from '../place.js'
import { calendarOf } from '../reminders/calm.js'
import { findPolicy } from '../reminders/policy.js'
import { daysOf } from './clock-days.js'
import { assertLooks, counted } from './counted.js'
import { describeCopies } from './describe-copies.js'
import type { LeakNames, LeakReason, NamesAsked } from './leak.contract.js'

const PAGE = 30

type Row = { id: string; at: Date; due: Date; outcome: LeakNames['rows'][number]['outcome']; reason: LeakReason | null }
const place = z.tuple([z.int(), z.uuid()])

/** The names behind one number of the report, newest first. Scoped and counted exactly as the report is. */
export async function listLeaks(db: Reader, actor: Actor, asked: NamesAsked & { now: Date }): Promise<LeakNames> {
  assertLooks(actor)
  const { calm } = await findPolicy(db)
  const { days } = daysOf(asked.weeks, asked.now)
  const rows = await db.$queryRaw<Row[]>`
    SELECT id, at, due, outcome, reason FROM (${counted({ actor, days, week: calendarOf(calm).week, now: asked.now })}) AS counted
    WHERE ${whereOf(asked)} ORDER BY at DESC, id DESC LIMIT ${PAGE + 1}`
  const page = rows.slice(0, PAGE)
  const last = page.at(-1)
  return {
    rows: await nameThem(db, page, asked.now),
    next: rows.length > PAGE && last ? writePlace([last.at.getTime(), last.id]) : null,
  }
}

function whereOf({ outcome, source, channel, rep, week, after }: NamesAsked): Prisma.Sql {
  const tests = [Prisma.sql`true`]
  if (outcome === 'late' || outcome === 'idle' || outcome === 'unreached') tests.push(Prisma.sql`reason = ${outcome}`)
  else if (outcome) tests.push(Prisma.sql`outcome = ${outcome}`)
  if (source) tests.push(Prisma.sql`source = ${source}`)
  if (channel !== undefined) tests.push(Prisma.sql`channel IS NOT DISTINCT FROM ${channel || null}`)
  if (rep) tests.push(Prisma.sql`person_id = ${rep}::uuid`)
  if (week) tests.push(Prisma.sql`week = ${week}`)
  if (after) {
    const [at, id] = readPlace(place, after)
    tests.push(Prisma.sql`(at, id) < (${new Date(at)}, ${id}::uuid)`)
  }
  return Prisma.join(tests, ' AND ')
}

async function nameThem(db: Reader, page: Row[], now: Date): Promise<LeakNames['rows']> {
  const ids = page.map((row) => row.id)
  const found = await db.firstContact.findMany({
    where: { id: { in: ids } },
    include: {
      person: { select: { name: true } },
      contact: { select: { name: true, customer: { select: { name: true } } } },
      opportunity: { select: { title: true } },
    },
  })
  const byId = new Map(found.map((one) => [one.id, one]))
  const labels = await findLabels(
    db,
    found.map((one) => one.channel),
  )
  const leaked = page.filter((row) => row.reason === 'unreached' || row.reason === 'idle')
  const copies = await describeCopies(
    db,
    leaked.map((row) => row.id),
  )
  return page.flatMap(({ id, at, due, outcome, reason }) => {
    const one = byId.get(id)
    if (!one) return []
    const end = endWords(one, now)
    const why = reason
      ? whyWords({ reason, at, due, heardAt: one.heardAt, seenAt: one.repActiveAt, copies: copies.get(id), now })
      : null
    const words = why ? `${why}${end ? `；后来${end}` : ''}` : (end ?? '还没有去向')
    return {
      id,
      contactId: one.contactId,
      name: one.contact.name,
      rep: one.person.name,
      source: one.source,
      channel: one.channel ? (labels.get(one.channel) ?? one.channel) : null,
      at: at.toISOString(),
      heardAt: one.heardAt.toISOString(),
      dueAt: due.toISOString(),
      outcome,
      reason,
      words,
    }
  })
}

type Why = { reason: LeakReason; at: Date; due: Date; heardAt: Date; seenAt: Date | null; copies: string | undefined; now: Date }

function whyWords({ reason, at, due, heardAt, seenAt, copies, now }: Why): string {
  if (reason === 'late') {
    const left = due.getTime() - heardAt.getTime()
    return `晚了 ${formatDuration(heardAt.getTime() - at.getTime())} 才知道，${left > 0 ? `离截止只剩 ${formatDuration(left)}` : '已经过了 24 小时'}`
  }
  if (reason === 'idle')
    return seenAt && seenAt <= due
      ? `${formatSince(seenAt, now)} 来用过，没有处理`
      : `提醒已送达，到 ${formatClock(due)} 截止没有处理`
  return copies ? `没有送到的迹象：${copies}` : '没有送到的迹象：还没有发出过提醒'
}
