import { z } from 'zod'
import { writeToRobot } from '../dingtalk/hear.js'
import { findMember } from '../dingtalk/people.js'
import { pressCard } from '../dingtalk/press.js'
import { describeUsage } from '../dingtalk/quota.js'
import { findDingtalk } from '../world.js'
import { dingtalkOf } from './dingtalk-pushes.js'
import { ControlError } from './error.js'
import { type Parts, post, type Route } from './route.js'

const userid = z.string().min(1)
const count = z.number().int().min(0).optional()

const present = ({ deps }: Parts, id: string): string => {
  const member = findMember(deps, id)
  if (!member) throw new ControlError(404, `no member ${id}`)
  return member.dingtalk.userid
}

/** What people do in DingTalk, and what an administrator or the platform does there. */
export const dingtalkRoutes: Record<string, Route> = {
  /** A button of a card; the answer of the callback is on the card when this returns. */
  'POST dingtalk/press': post(z.object({ userid, outTrackId: z.string(), action: z.string() }), (parts, press) =>
    pressCard(parts.deps, dingtalkOf(parts).pusher, press),
  ),
  /** To the robot, or in a group; `at` false: without calling it. `sessionMs`: how long its webhook may be written to. */
  'POST dingtalk/say': post(
    z.object({
      userid,
      text: z.string().min(1),
      group: z.string().optional(),
      at: z.boolean().optional(),
      sessionMs: z.number().int().min(0).optional(),
    }),
    (parts, words) => writeToRobot(parts.deps, dingtalkOf(parts).pusher, words),
  ),
  /** Somebody opens the robot's chat: what stands in it is read, and told (`robot_msg_read`). */
  'POST dingtalk/read': post(z.object({ userid }), async (parts, body) => {
    const reader = present(parts, body.userid)
    const { deps } = parts
    const at = deps.clock.business()
    const unread = [...deps.store.state.dingtalk.robot.said.values()].filter(
      (m) =>
        m.by === 'api' &&
        !m.recalled &&
        m.chats.some((c) => 'userid' in c && c.userid === reader) &&
        !m.readBy.some((r) => r.userid === reader),
    )
    const { pusher, settings } = dingtalkOf(parts)
    for (const { key } of unread) {
      const data = { UserId: reader, ProcessQueryKey: key, RobotCode: settings.robotCode, ReadTime: at }
      const told = pusher.prepare({ kind: 'event', eventType: 'robot_msg_read', data })
      await deps.store.record({ type: 'ding-read', key, userid: reader, at }, told)
      void pusher.send(told.id)
    }
    return { read: unread.map(({ key }) => key) }
  }),
  'POST dingtalk/leave': post(z.object({ userid }), async (parts, body) => {
    const gone = present(parts, body.userid)
    return tell(parts, { type: 'ding-left', userid: gone }, 'user_leave_org', gone)
  }),
  'POST dingtalk/join': post(z.object({ userid }), async (parts, body) => {
    const account = findDingtalk(parts.deps.world, body.userid)?.dingtalk
    if (!account) throw new ControlError(404, `no member ${body.userid}`)
    if (findMember(parts.deps, account.userid)) return {}
    return tell(parts, { type: 'ding-joined', userid: account.userid }, 'user_add_org', account.userid)
  }),
  /** Of the directory, what the application may see. */
  'POST dingtalk/range': post(z.object({ userid, in: z.boolean() }), async (parts, body) => {
    await parts.deps.store.record({ type: 'ding-range', userid: present(parts, body.userid), in: body.in })
    return {}
  }),
  'POST dingtalk/revoke-token': async ({ deps }) => {
    await deps.store.record({ type: 'ding-tokens-revoked' })
    return {}
  },
  /** A permission of the application's, taken away or given back. */
  'POST dingtalk/scope': post(z.object({ scope: z.string(), granted: z.boolean() }), async ({ deps }, scope) => {
    await deps.store.record({ type: 'ding-scope', ...scope })
    return {}
  }),
  'GET dingtalk/usage': (parts) => {
    dingtalkOf(parts)
    return describeUsage(parts.deps)
  },
  /** What the edition allows a month, from now on. */
  'POST dingtalk/quota': post(
    z.object({ calls: count, pushes: count, dings: count }),
    async (parts, { calls, pushes, dings }) => {
      await parts.deps.store.record({
        type: 'ding-quota',
        ...(calls === undefined ? {} : { calls }),
        ...(pushes === undefined ? {} : { pushes }),
        ...(dings === undefined ? {} : { dings }),
      })
      return describeUsage(parts.deps)
    },
  ),
  /** Calls a second for one API; how long everybody is shut out, and with what page. In memory. */
  'POST dingtalk/limits': post(
    z.object({ perSecond: count, blockedMs: count, page: z.enum(['html', 'json']).optional() }),
    (parts, set) => {
      const { perSecond, blockedMs, page } = set
      const { deps } = parts
      dingtalkOf(parts).limits.set(
        {
          ...(perSecond === undefined ? {} : { perSecond }),
          ...(blockedMs === undefined ? {} : { blockedMs }),
          ...(page === undefined ? {} : { page }),
        },
        deps.clock.machine(),
      )
      return {}
    },
  ),
}

/** Keeps what became of a member, and tells it as the platform does. */
async function tell(parts: Parts, fact: { type: 'ding-left' | 'ding-joined'; userid: string }, eventType: string, who: string) {
  const { pusher } = dingtalkOf(parts)
  const data = { userId: [who], optStaffId: '', timeStamp: String(parts.deps.clock.business()) }
  const told = pusher.prepare({ kind: 'event', eventType, data })
  await parts.deps.store.record(fact, told)
  void pusher.send(told.id)
  return { pushId: told.id }
}
