import type { Work } from '../work.js'
import { askProfile } from './ask-profile.js'
import { ensurePair, type Pair } from './note-add.js'

type End = Pair & { at: Date; by: 'rep' | 'customer' | 'transfer' }

/**
 * One of the two deleted the other, or the customer was handed to a colleague. Told before the add that it ended, it is kept
 * all the same: the add will find it.
 */
export async function noteEnd(work: Work, { at, by, ...end }: End): Promise<void> {
  const pair = await ensurePair(work, end)
  const before = await work.tx.follow.findUnique({ where: { contactId_personId: pair } })
  // They came together again since (as the platform tells it), or both deleted each other: the first is what ended it. That a
  // colleague took over is known from here alone.
  if (before && before.addWay !== null && before.since > at) return
  if (before?.endedAt && by !== 'transfer') return
  await work.tx.follow.upsert({
    where: { contactId_personId: pair },
    create: { ...pair, since: at, confirmedAt: work.now, endedAt: at, endedBy: by },
    update: { endedAt: at, endedBy: by },
  })
  await askProfile(work, pair.contactId, `${pair.personId}:end:${at.getTime()}`)
  work.touched.add(`chat:${pair.contactId}`)
}
