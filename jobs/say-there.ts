import { ChannelError } from '../channels/channel-error.js'
import { sendToGroup } from '../channels/dingtalk/group.js'
import { replyInSession } from '../channels/dingtalk/session.js'
import { openSession } from '../domain/bot/session-secrets.js'
import type { Effects } from '../domain/outbox.js'
import type { EffectDeps } from './define.js'

type Needs = Pick<EffectDeps, 'db' | 'machineNow' | 'dingtalk' | 'outlets'>

/**
 * Says it where it was asked: in that conversation while its webhook holds (which costs a push and no call), then in that
 * group by its id. Null: neither is possible, and the person is told alone.
 */
export async function sayThere(
  { db, machineNow, dingtalk, outlets }: Needs,
  { text, group, session }: Pick<Effects['send-text'], 'text' | 'group' | 'session'>,
): Promise<{ messageId: string | null } | null> {
  if (!dingtalk) return null
  const open = session ? openSession(outlets.sessions, session) : null
  if (open && open.until > machineNow) {
    const answered = await orNull(replyInSession(dingtalk, { session: open.session, text }))
    if (answered === 'sent') return { messageId: null }
  }
  if (!group) return null
  const known = await db.group.findFirst({ where: { platform: 'dingtalk', chatId: group }, select: { coolAppCode: true } })
  return orNull(sendToGroup(dingtalk, { group, text, coolAppCode: known?.coolAppCode ?? null }))
}

/** The robot was taken out of the group, or the month is used up: there are other ways. What may work later is thrown. */
async function orNull<T>(said: Promise<T>): Promise<T | null> {
  try {
    return await said
  } catch (error) {
    if (error instanceof ChannelError && (error.kind === 'quota' || error.kind === 'give-up')) return null
    throw error
  }
}
