import type { Reader } from '../../../lib/db.js'
import { shanghaiDay } from '../../../lib/format/dates.js'
import { standardAudiences } from '../audience.js'
import type { Calm } from '../calm.contract.js'
import { reminderKind, reminderKinds } from '../find-kind.js'
import type { Ladder } from '../ladder.contract.js'
import { findPolicy, type Policy } from '../policy.js'
import { findPeople, findRehearsals, findStarted } from './find-started.js'
import { countMoves } from './move-open.js'
import { type Replayed, type Rules, replay, type Said } from './replay.js'
import type { Counted, DryRun } from './settings.contract.js'

const LISTED = 50

/** A ladder of one kind, or other calm rules for all kinds. */
export type Draft = { kind: string; ladder: Ladder } | { calm: Calm }

/** 「过去 30 天会提醒谁」: what really happened, played once under the rules in force and once under the draft. */
export async function dryRun(db: Reader, draft: Draft, now: Date): Promise<DryRun> {
  const standing = await findPolicy(db)
  const wished = withDraft(standing, draft)
  const { from, started, isAll } = await findStarted(db, now)
  const people = await findPeople(db, started, (kind) => ownAudiences([standing, wished], kind))
  const rehearsals = await findRehearsals(db, started)
  const play = ({ calm, ladderOf }: Policy) => {
    const rules: Rules = { calm, ladderOf, ...people, kindOf: reminderKind, mannerOf: (kind) => rehearsals.get(kind)?.() }
    return only(replay(started, rules, now), draft)
  }
  const [before, after] = [play(standing), play(wished)]
  const kinds = 'kind' in draft ? [draft.kind] : reminderKinds().map((kind) => kind.name)
  const shown = after.said.filter((one) => !reminderKind(one.reminder.kind).own).sort((a, b) => b.at.getTime() - a.at.getTime())
  const listed = shown.slice(0, LISTED)
  const [customers, open] = await Promise.all([namesOf(db, listed), countMoves(db, wished, { kinds, now })])
  return {
    from: shanghaiDay(from),
    to: shanghaiDay(now),
    reminders: started.filter((one) => kinds.includes(one.kind)).length,
    standing: count(before),
    draft: count(after),
    people: byPerson(before.said, after.said, people.nameOf),
    levels: byLevel(before.said, after.said),
    list: listed.map((one) => ({
      at: one.at.toISOString(),
      person: people.nameOf(one.personId),
      customer: customers.get(one.reminder.customerId ?? '') ?? null,
      label: reminderKind(one.reminder.kind).label,
      level: one.level,
    })),
    more: after.said.length - listed.length,
    open,
    honest: honestly({ isAll, inTrial: now < standing.trialUntil }),
  }
}

function withDraft(standing: Policy, draft: Draft): Policy {
  if ('calm' in draft) return { ...standing, calm: draft.calm }
  return { ...standing, ladderOf: (kind) => (kind === draft.kind ? draft.ladder : standing.ladderOf(kind)) }
}

/** All kinds are played, because they share a person's cap; a ladder's draft is told of its own kind. */
function only({ said, held, heldOf }: Replayed, draft: Draft): Replayed {
  if ('calm' in draft) return { said, held, heldOf }
  return { said: said.filter((one) => one.reminder.kind === draft.kind), held: heldOf.get(draft.kind) ?? 0, heldOf }
}

/** Names of a kind's own audiences that a level which is on calls. */
function ownAudiences(policies: Policy[], kind: string): string[] {
  const called = policies.flatMap((policy) => policy.ladderOf(kind).levels.flatMap((level) => (level.on ? level.to : [])))
  return [...new Set(called)].filter((name) => !standardAudiences[name])
}

function count({ said, held }: Replayed): Counted {
  const days = tally(said.map((one) => shanghaiDay(one.at)))
  const [busiest] = [...days].sort(([a, n], [b, m]) => m - n || a.localeCompare(b))
  return {
    said: said.length,
    cards: new Set(said.map((one) => one.card)).size,
    held,
    digested: said.filter((one) => one.why === 'cap' || one.why === 'digest').length,
    merged: said.filter((one) => one.why === 'merge').length,
    busiest: busiest ? { day: busiest[0], said: busiest[1] } : null,
  }
}

/** Who would hear more or less than now comes first. */
function byPerson(before: Said[], after: Said[], nameOf: (id: string) => string): DryRun['people'] {
  const [now, then] = [tally(before.map((one) => one.personId)), tally(after.map((one) => one.personId))]
  const levels = 1 + Math.max(-1, ...after.map((one) => one.level))
  const perLevel = tally(after.map((one) => `${one.personId} ${one.level}`))
  return [...new Set([...now.keys(), ...then.keys()])]
    .map((id) => ({
      name: nameOf(id),
      standing: now.get(id) ?? 0,
      draft: then.get(id) ?? 0,
      levels: Array.from({ length: levels }, (_, level) => perLevel.get(`${id} ${level}`) ?? 0),
    }))
    .sort((a, b) => b.draft - a.draft || b.standing - a.standing || a.name.localeCompare(b.name, 'zh'))
}

function byLevel(before: Said[], after: Said[]): DryRun['levels'] {
  const [now, then] = [tally(before.map((one) => one.level)), tally(after.map((one) => one.level))]
  const length = 1 + Math.max(-1, ...now.keys(), ...then.keys())
  return Array.from({ length }, (_, level) => ({ standing: now.get(level) ?? 0, draft: then.get(level) ?? 0 }))
}

function tally<T>(all: T[]): Map<T, number> {
  const counts = new Map<T, number>()
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1)
  return counts
}

async function namesOf(db: Reader, listed: Said[]): Promise<Map<string, string>> {
  const ids = [...new Set(listed.flatMap((one) => one.reminder.customerId ?? []))]
  const customers = await db.customer.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  return new Map(customers.map((customer) => [customer.id, customer.name]))
}

function honestly({ isAll, inTrial }: { isAll: boolean; inTrial: boolean }): string {
  const trial = inTrial ? '；还在试运行，主管和经理那几级其实收不到，这里按收得到算' : ''
  const most = isAll ? '' : '；件数太多，只算了最近的 10,000 件'
  return `按现在的负责人和上下级算；当时点过「我来跟进」「再说」或转给别人的没有算进去，实际会少一些${trial}${most}`
}
