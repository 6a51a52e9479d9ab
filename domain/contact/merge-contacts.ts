import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { assertPair } from './assert-pair.js'
import { chooseWinner } from './choose-winner.js'
import { lockContacts } from './lock-contact.js'
import type { MergeDone } from './merge.contract.js'
import { merge } from './merge.js'

type Pair = { a: string; b: string; winner: string | null }

/** 合并: a person says that two are one. `winner` where they chose; else deals and interactions decide. */
export async function mergeContacts(work: Work, actor: Actor, { a, b, winner }: Pair): Promise<MergeDone> {
  const [one, other] = await lockContacts(work, [a, b])
  // Somebody was as quick: it is done.
  const done = one === other && a !== b ? await findMerge(work, a, b) : null
  if (done) return { mergeId: done.id, contactId: done.winnerId }
  await assertPair(work, actor, { a, b })
  const choice =
    winner === a || winner === b ? { winnerId: winner, loserId: winner === a ? b : a } : await chooseWinner(work.tx, a, b)
  const { winnerId, loserId } = choice
  return { mergeId: await merge(work, { winnerId, loserId, byId: actor.personId, why: 'person' }), contactId: winnerId }
}

const findMerge = (work: Work, a: string, b: string) =>
  work.tx.contactMerge.findFirst({
    where: {
      undoneAt: null,
      OR: [
        { winnerId: a, loserId: b },
        { winnerId: b, loserId: a },
      ],
    },
    select: { id: true, winnerId: true },
  })
