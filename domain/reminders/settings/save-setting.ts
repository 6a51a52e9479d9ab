import type { Prisma } from '../../../lib/db.js'
import type { Actor } from '../../person/actor.js'
import { setRule } from '../../rule/rule.js'
import type { Work } from '../../work.js'
import type { Calm } from '../calm.contract.js'
import { reminderKinds } from '../find-kind.js'
import type { Ladder } from '../ladder.contract.js'
import { CALM_RULE, findPolicy, ladderRule } from '../policy.js'
import { moveOpen } from './move-open.js'

type Saved = { version: number; moved: number }

/**
 * A new version of a kind's ladder, in force at once: reminders of it that are open move with it. Refuses (409) when another
 * version than `expected` stands by now. Returns the version and how many reminders moved.
 */
export function saveLadder(
  work: Work,
  actor: Actor,
  { kind, ladder, expected }: { kind: string; ladder: Ladder; expected: number },
): Promise<Saved> {
  return save(work, actor, { name: ladderRule(kind), value: ladder, expected, kinds: [kind] })
}

export function saveCalm(work: Work, actor: Actor, { calm, expected }: { calm: Calm; expected: number }): Promise<Saved> {
  return save(work, actor, { name: CALM_RULE, value: calm, expected, kinds: reminderKinds().map((kind) => kind.name) })
}

type Setting = { name: string; value: Prisma.InputJsonValue; expected: number; kinds: string[] }

async function save(work: Work, actor: Actor, { name, value, expected, kinds }: Setting): Promise<Saved> {
  const version = await setRule(work, { name, value, by: actor.personId }, expected)
  const moved = await moveOpen(work, await findPolicy(work.tx), kinds)
  return { version, moved }
}
