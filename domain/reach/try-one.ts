import { Refused } from '../../lib/errors.js'
import { newId } from '../../lib/ids.js'
import { issueCard } from '../card/issue-card.js'
import { findChats } from '../person/find-chats.js'
import type { Work } from '../work.js'
import type { OwnChannel } from './reach.contract.js'

const AGAIN_MS = 60_000
/** Whoever reads mail once a week is in time. */
export const LINK_LIFE_MS = 7 * 24 * 3_600_000

/** Of the organisation's channels those that it has set up; `newToken` makes what nobody can guess. */
type Trying = { personId: string; set: { sms: boolean; mail: boolean }; machineNow: Date; newToken: () => string }

/**
 * 试发一条: a card of its own through each channel that is on for this person, so that each can be answered for itself. A
 * text message holds no link, operators refuse them: 收到了 is said on the page.
 */
export async function tryOne(work: Work, { personId, set, machineNow, newToken }: Trying): Promise<OwnChannel[]> {
  await work.tx.$queryRaw`SELECT 1 FROM person WHERE id = ${personId}::uuid FOR UPDATE`
  const lately = { gt: new Date(work.now.getTime() - AGAIN_MS) }
  if ((await work.tx.reachTry.count({ where: { personId, at: lately } })) > 0)
    throw new Refused('tried-just-now', '刚发过一条，一分钟后再试', 429)
  const points = await work.tx.contactPoint.findMany({ where: { personId, provedAt: { not: null } }, select: { channel: true } })
  const has = (channel: OwnChannel) => points.some((point) => point.channel === channel)
  const channels: OwnChannel[] = [...((await findChats(work.tx, [personId])).get(personId) ?? [])]
  if (set.sms && has('sms')) channels.push('sms')
  if (set.mail && has('mail')) channels.push('mail')
  // An earlier one that was never answered asks no more.
  await work.tx.reachTry.updateMany({
    where: { personId, confirmedAt: null, until: { gt: machineNow } },
    data: { until: machineNow, token: null },
  })
  const until = new Date(machineNow.getTime() + LINK_LIFE_MS)
  for (const channel of channels) {
    const id = newId()
    const token = channel === 'mail' ? newToken() : null
    await work.tx.reachTry.create({ data: { id, personId, channel, token, at: work.now, until } })
    await issueCard(work, { kind: 'try-one', subject: `try:${id}`, people: [personId], route: [[channel]] })
  }
  work.touched.add(`person:${personId}`)
  return channels
}
