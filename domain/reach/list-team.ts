import type { Prisma, Reader } from '../../lib/db.js'
import { mayLook } from '../leak/counted.js'
import { type Actor, isRole } from '../person/actor.js'
import { type ChatPlatform, chatPlatform, platformLabel } from '../person/person.contract.js'
import { findPolicy } from '../reminders/policy.js'
import { findKnown } from './find-known.js'
import { type Judged, judgeChannel, MISSING, type Off } from './judge-channel.js'
import { isChat, type OwnChannel, ownChannel, type TeamReach } from './reach.contract.js'

const MOST = 500

/** Whose channels somebody may look at: a manager and an administrator all, a lead the team's, everybody their own people's. */
export function teamOf(actor: Actor): Prisma.PersonWhereInput {
  const there = { leftAt: null }
  if (actor.roles.includes('manager') || actor.roles.includes('admin')) return there
  const own = [{ managerId: actor.personId }]
  if (actor.roles.includes('lead') && actor.teamId) return { ...there, OR: [...own, { teamId: actor.teamId }] }
  return { ...there, OR: own }
}

/** Person × channel. Those whom nothing reaches come first. */
export async function listTeam(db: Reader, actor: Actor, { off, now }: { off: Off; now: Date }): Promise<TeamReach> {
  const people = await db.person.findMany({
    where: teamOf(actor),
    select: { id: true, name: true, roles: true },
    orderBy: { name: 'asc' },
    take: MOST,
  })
  const judged = await judgePeople(
    db,
    people.map((person) => person.id),
    { off, now },
  )
  const rows = people.map(({ id, name, roles }) => {
    const channels = judged.get(id)
    return {
      id,
      name,
      roles: roles.filter(isRole),
      channels: ownChannel.options
        .filter((channel) => !isChat(channel) || channels?.[channel].why !== MISSING[channel])
        .map((channel) => cellOf(channel, channels?.[channel])),
      todo: channels && isUnreachable(channels) ? whatToDo(channels) : null,
    }
  })
  return { looksAtLeaks: mayLook(actor), people: rows.sort((a, b) => Number(b.todo !== null) - Number(a.todo !== null)) }
}

export async function judgePeople(
  db: Reader,
  personIds: string[],
  { off, now }: { off: Off; now: Date },
): Promise<Map<string, Record<OwnChannel, Judged>>> {
  const [known, { calm }] = await Promise.all([findKnown(db, personIds, now), findPolicy(db)])
  return new Map(
    [...known].map(([id, channels]) => {
      const all = ownChannel.options.map((channel) => [channel, judgeChannel(channels[channel], { off, calm, now })] as const)
      return [id, Object.fromEntries(all) as Record<OwnChannel, Judged>]
    }),
  )
}

export const isUnreachable = (channels: Record<OwnChannel, Judged>) =>
  ownChannel.options.every((channel) => channels[channel].standing === 'off' || channels[channel].standing === 'bad')

/** 「企业微信：不在应用可见范围；没有登记手机号」 */
export const whyUnreachable = (channels: Record<OwnChannel, Judged>) =>
  [...chatsOf(channels), 'sms' as const, 'mail' as const]
    .map((channel) => channels[channel].why)
    .filter(Boolean)
    .join('；')

/** Where they have an account; who has none at all is looked for in WeCom. */
const chatsOf = (channels: Record<OwnChannel, Judged>): ChatPlatform[] =>
  chatPlatform.options.filter((platform) => channels[platform].why !== MISSING[platform])

/** What a manager can do about it, the nearest thing first. */
export function whatToDo(channels: Record<OwnChannel, Judged>): string {
  const words = []
  const [chat = 'wecom'] = chatsOf(channels)
  const why = channels[chat].why ?? ''
  if (/可见范围/.test(why)) words.push('请管理员把他加进应用的可见范围')
  else if (/许可|帐号|账号|停用|加入/.test(why)) words.push(`请管理员看看他的${platformLabel[chat]}账号`)
  else words.push(`当面问一下他的${platformLabel[chat]}通知开没开`)
  if (channels.sms.why === '没有登记手机号') words.push('请他在「我的提醒渠道」登记手机号')
  return words.join('，')
}

function cellOf(channel: OwnChannel, judged: Judged | undefined) {
  const { standing, why, facts } = judged ?? { standing: 'new' as const, why: null, facts: [] }
  const fact = facts.at(-1)
  const words = { proved: fact?.word ?? '用着', taken: '已提交', new: '最近没发过', off: why ?? '未开通', bad: why ?? '送不到' }[
    standing
  ]
  return { channel, standing, words, at: standing === 'proved' || standing === 'taken' ? (fact?.at ?? null) : null }
}
