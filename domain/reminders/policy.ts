import type { Reader } from '../../lib/db.js'
import { type Calm, calm as calmSchema, defaultCalm } from './calm.contract.js'
import { reminderKind } from './find-kind.js'
import { type Ladder, ladder as ladderSchema } from './ladder.contract.js'

const DAY_MS = 24 * 3_600_000
export const CALM_RULE = 'calm'
export const ladderRule = (kind: string) => `reminder:${kind}`

/** What a sales manager set, or what holds until somebody does. */
export type Policy = {
  calm: Calm
  /** Until then managers are not told. */
  trialUntil: Date
  ladderOf(kind: string): Ladder
}

const looking = new WeakMap<Reader, Promise<Policy>>()

/** One look at all the rules that the engine follows; who asks while one is under way gets its answer. */
export function findPolicy(db: Reader): Promise<Policy> {
  const known = looking.get(db)
  if (known) return known
  const look = readPolicy(db).finally(() => looking.delete(db))
  looking.set(db, look)
  return look
}

async function readPolicy(db: Reader): Promise<Policy> {
  // One after the other: in a transaction they share one connection.
  const rules = await db.$queryRaw<{ name: string; value: unknown }[]>`
    SELECT DISTINCT ON (name) name, value FROM rule WHERE name = ${CALM_RULE} OR name LIKE 'reminder:%' ORDER BY name, version DESC`
  const organisation = await db.organisation.findUniqueOrThrow({ where: { id: 1 } })
  const set = new Map(rules.map(({ name, value }) => [name, value]))
  const calm = parseCalm(set.get(CALM_RULE)) ?? defaultCalm
  const known = new Map<string, Ladder>()
  return {
    calm,
    trialUntil: new Date(organisation.since.getTime() + calm.trialDays * DAY_MS),
    ladderOf(kind) {
      const ladder = known.get(kind) ?? parseLadder(set.get(ladderRule(kind))) ?? { levels: reminderKind(kind).levels }
      known.set(kind, ladder)
      return ladder
    },
  }
}

// A setting that an older release wrote and that no longer fits must not stop the reminders: what holds without it does.

export function parseCalm(value: unknown): Calm | null {
  const parsed = calmSchema.safeParse(value)
  return parsed.success ? parsed.data : null
}

export function parseLadder(value: unknown): Ladder | null {
  const parsed = ladderSchema.safeParse(value)
  return parsed.success ? parsed.data : null
}
