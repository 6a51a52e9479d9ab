import type { Reader } from '../../lib/db.js'
import type { Secrets } from '../../lib/secret.js'
import type { Actor } from '../person/actor.js'
import { chatPlatform } from '../person/person.contract.js'
import { findPolicy } from '../reminders/policy.js'
import { findKnown } from './find-known.js'
import { judgeChannel, type Off } from './judge-channel.js'
import { teamOf } from './list-team.js'
import { isChat, ownChannel, type ReachPage } from './reach.contract.js'
import { maskPoint } from './read-point.js'

type Needs = { off: Off; sendsCodes: boolean; points: Secrets; now: Date; machineNow: Date }

/** 我的提醒渠道: one's own. Numbers and addresses leave masked. */
export async function getReach(
  db: Reader,
  actor: Actor,
  { off, sendsCodes, points, now, machineNow }: Needs,
): Promise<ReachPage> {
  const { personId } = actor
  const [known, { calm }, person, own, tries, team] = await Promise.all([
    findKnown(db, [personId], now),
    findPolicy(db),
    db.person.findUniqueOrThrow({ where: { id: personId }, select: { plainText: true, prefers: true } }),
    db.contactPoint.findMany({ where: { personId, provedAt: { not: null } } }),
    db.reachTry.findMany({ where: { personId, confirmedAt: null, until: { gt: machineNow } } }),
    db.person.count({ where: { AND: [teamOf(actor), { id: { not: personId } }] } }),
  ])
  return {
    personId,
    channels: ownChannel.options.flatMap((channel) => {
      const one = known.get(personId)?.[channel]
      // A platform on which they have no account is none of theirs.
      if (!one || (isChat(channel) && !one.hasPoint)) return []
      const point = own.find((row) => row.channel === channel)
      return {
        channel,
        ...judgeChannel(one, { off, calm, now }),
        point:
          point && !isChat(channel)
            ? { masked: maskPoint(channel, points.open(point.sealed)), source: point.source === 'typed' ? 'typed' : 'platform' }
            : null,
        mine: isChat(channel) || off[channel] === null,
        canType: channel === 'mail' ? off.mail === null : channel === 'sms' && off.sms === null && sendsCodes,
        saysOn: one.saysOn,
        tryId: tries.find((row) => row.channel === channel)?.id ?? null,
      }
    }),
    chats: chatPlatform.options.filter((platform) => known.get(personId)?.[platform].hasPoint),
    prefers: chatPlatform.safeParse(person.prefers).data ?? null,
    plainText: person.plainText,
    hasTeam: team > 0,
  }
}
