import type { Tx } from '../../lib/db.js'
import type { Actor } from '../person/actor.js'
import { assertPair } from './assert-pair.js'
import { chooseWinner } from './choose-winner.js'
import type { MergePreview } from './merge.contract.js'
import { countAll, MOVED, movedTables } from './move-rows.js'
import { viewSide } from './view-side.js'

type Pair = { a: string; b: string; winner: string | null }

/** Which of the two stays and why, what goes over, and what doesn't. Changes nothing. */
export async function previewMerge(db: Tx, actor: Actor, { a, b, winner }: Pair): Promise<MergePreview> {
  await assertPair({ tx: db }, actor, { a, b })
  const choice =
    winner === a || winner === b
      ? { winnerId: winner, loserId: winner === a ? b : a, decidedBy: 'chosen' as const }
      : await chooseWinner(db, a, b)
  const moves: MergePreview['moves'] = []
  for (const table of movedTables) {
    const count = await countAll(db, table, choice.loserId)
    if (count > 0) moves.push({ what: MOVED[table].what, count })
  }
  const [one, other] = [await viewSide(db, choice.winnerId), await viewSide(db, choice.loserId)]
  const leaves = one.customer && other.customer && one.customer.id !== other.customer.id ? other.customer.name : null
  return { winner: one, loser: other, decidedBy: choice.decidedBy, moves, leaves }
}
