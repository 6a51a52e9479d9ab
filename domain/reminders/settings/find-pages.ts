import type { Reader } from '../../../lib/db.js'
import { Refused } from '../../../lib/errors.js'
import { shanghaiDay } from '../../../lib/format/dates.js'
import { isPublished } from '../../../lib/working-days.js'
import { defaultCalm } from '../calm.contract.js'
import { reminderKinds } from '../find-kind.js'
import { CALM_RULE, findPolicy, ladderRule } from '../policy.js'
import type { ReminderKind } from '../reminder-kind.js'
import { calmLines } from './calm-words.js'
import { hasMoment } from './check-ladder.js'
import { findWorld } from './find-world.js'
import { audiencesOf, ladderLine } from './ladder-words.js'
import type { CalmPage, ChannelState, KindPage, SettingsPage, Standing } from './settings.contract.js'

/** Refuses what no file defines: the name comes from an address. */
export function getKind(name: string | undefined): ReminderKind {
  const kind = reminderKinds().find((one) => one.name === name)
  if (!kind) throw new Refused('no-such-kind', '没有这种提醒', 404)
  return kind
}

/** All that a manager may set, each in a line. */
export async function findSettings(db: Reader, channels: ChannelState[]): Promise<SettingsPage> {
  const kinds = reminderKinds()
  const [policy, standing] = await Promise.all([
    findPolicy(db),
    findStanding(db, [CALM_RULE, ...kinds.map((kind) => ladderRule(kind.name))]),
  ])
  return {
    kinds: kinds.map((kind) => ({
      kind: kind.name,
      label: kind.label,
      line: ladderLine(kind, policy.ladderOf(kind.name)),
      standing: standing(ladderRule(kind.name)),
    })),
    calm: { lines: calmLines(policy.calm), standing: standing(CALM_RULE) },
    channels,
  }
}

/** One kind's form, from its definition. */
export async function findKindPage(db: Reader, kind: ReminderKind, channels: ChannelState[]): Promise<KindPage> {
  const name = ladderRule(kind.name)
  const [policy, standing, world] = await Promise.all([findPolicy(db), findStanding(db, [name]), findWorld(db, channels)])
  return {
    kind: kind.name,
    label: kind.label,
    ladder: policy.ladderOf(kind.name),
    defaults: { levels: kind.levels },
    standing: standing(name),
    audiences: Object.entries(audiencesOf(kind)).map(([one, label]) => ({ name: one, label, people: world.people[one] ?? null })),
    placeholders: Object.entries(kind.placeholders).map(([one, means]) => ({
      name: one,
      means,
      sample: kind.sample.words[one] ?? means,
    })),
    channels,
    hasMoment: hasMoment(kind),
  }
}

export async function findCalmPage(db: Reader, now: Date): Promise<CalmPage> {
  const [policy, standing] = await Promise.all([findPolicy(db), findStanding(db, [CALM_RULE])])
  return { calm: policy.calm, defaults: defaultCalm, standing: standing(CALM_RULE), publishedUntil: publishedUntil(now) }
}

/** Holidays of the next year are published late in this one. */
function publishedUntil(now: Date): number {
  let year = Number(shanghaiDay(now).slice(0, 4))
  while (isPublished(year + 1)) year += 1
  return year
}

async function findStanding(db: Reader, names: string[]): Promise<(name: string) => Standing> {
  const rules = await db.rule.findMany({
    where: { name: { in: names } },
    orderBy: { version: 'desc' },
    distinct: ['name'],
    select: { name: true, version: true, by: true, at: true },
  })
  const people = await db.person.findMany({
    where: { id: { in: rules.map((rule) => rule.by).filter((by) => by !== 'system') } },
    select: { id: true, name: true },
  })
  return (name) => {
    const rule = rules.find((one) => one.name === name)
    if (!rule) return { version: 0, by: null, at: null }
    const by = people.find((person) => person.id === rule.by)?.name ?? '系统'
    return { version: rule.version, by, at: rule.at.toISOString() }
  }
}
