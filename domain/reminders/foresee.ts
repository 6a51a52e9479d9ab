import type { Reader } from '../../lib/db.js'
import { createAudience } from './audience.js'
import { afterQuiet } from './calm.js'
import { dueAt, nextOn } from './due-at.js'
import { aboutOf } from './find-said.js'
import type { Route } from './ladder.contract.js'
import type { Policy } from './policy.js'

type Row = {
  id: string
  kind: string
  subject: string
  personId: string
  state: string
  level: number
  dueAt: Date | null
  heldWhy: string | null
  startedAt: Date
  targetAt: Date | null
}
export type Foreseen = { level: number; at: Date; people: string[]; route: Route; why: string | null; noted: boolean }

/** What a ladder will say if nobody does anything: by the same rules that will say it, quiet hours included. */
export async function createForesight(db: Reader, rows: Row[], { policy, now }: { policy: Policy; now: Date }) {
  const audience = await createAudience(
    db,
    rows.map((row) => row.personId),
  )
  return async function foresee(row: Row, most: number): Promise<Foreseen[]> {
    const ladder = policy.ladderOf(row.kind)
    const steps: Foreseen[] = []
    let due = row.state === 'open' ? row.dueAt : null
    for (let level = nextOn(ladder, row.level); due && steps.length < most; level = nextOn(ladder, level + 1)) {
      const rung = ladder.levels[level]
      if (!rung) break
      const at = afterQuiet(due > now ? due : now, policy.calm, row.personId)
      const people = await audience.find(rung.to, row.kind, aboutOf(row))
      const noted = at < policy.trialUntil && people.every((id) => id !== row.personId)
      steps.push({ level, at, people, route: rung.route, why: steps.length === 0 ? row.heldWhy : null, noted })
      const rungs = { startedAt: row.startedAt, saidAt: at, targetAt: row.targetAt, personId: row.personId }
      due = dueAt(ladder, nextOn(ladder, level + 1), rungs, policy.calm)
    }
    return steps
  }
}
