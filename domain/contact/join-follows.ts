import type { Prisma } from '../../lib/db.js'
import type { Work } from '../work.js'

type Follow = Prisma.FollowGetPayload<object>

/**
 * Who of ours knew the one knows the other. Somebody who knew both has one line of it: what is said of the winner, and where
 * nothing is, what was said of the loser, whose own line stays for the way back. Returns whose lines went over.
 */
export async function joinFollows(work: Work, { winnerId, loserId }: { winnerId: string; loserId: string }): Promise<string[]> {
  const theirs = await work.tx.follow.findMany({ where: { contactId: loserId } })
  const ours = await work.tx.follow.findMany({ where: { contactId: winnerId } })
  const moved: string[] = []
  for (const one of theirs) {
    const own = ours.find((follow) => follow.personId === one.personId)
    const { contactId, personId } = own ?? one
    const key = { contactId_personId: { contactId, personId } }
    if (own) await work.tx.follow.update({ where: key, data: joined(own, one) })
    else {
      await work.tx.follow.update({ where: key, data: { contactId: winnerId } })
      moved.push(personId)
    }
  }
  return moved.sort()
}

/** What the two lines say together. */
export function joined(own: Follow, one: Follow): Prisma.FollowUpdateInput {
  const confirmed = [own.confirmedAt, one.confirmedAt].filter((at) => at !== null).sort((a, b) => a.getTime() - b.getTime())
  const ended = own.endedAt && one.endedAt ? (own.endedAt > one.endedAt ? own : one) : null
  // What stands on a platform as a rep's remark goes before what a list says of them.
  const [said, other] = own.addWay === null && one.addWay !== null ? [one, own] : [own, one]
  const hasTags = Array.isArray(said.tags) && said.tags.length > 0
  return {
    since: own.since < one.since ? own.since : one.since,
    confirmedAt: confirmed[0] ?? null,
    remark: said.remark ?? other.remark,
    remarkCompany: said.remarkCompany ?? other.remarkCompany,
    tags: (hasTags ? said.tags : other.tags) as Prisma.InputJsonValue,
    addWay: own.addWay ?? one.addWay,
    state: own.state ?? one.state,
    endedAt: ended?.endedAt ?? null,
    endedBy: ended?.endedBy ?? null,
    ...(own.consent === null ? { consent: one.consent, consentAt: one.consentAt } : {}),
  }
}
