import { z } from 'zod'
import { sealSession, sessionSecrets } from '../../domain/bot/session-secrets.js'
import { later } from '../../domain/outbox.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import { sha256 } from '../../lib/ids.js'
import { defineEvent } from '../define.js'

const stranger = z.object({
  sender: z.string(),
  session: z.object({ webhook: z.object({ session: z.string(), until: z.date() }).nullable() }),
})

const WORDS = '我还认不出你，没法替你办事。如果你是本公司的同事，请管理员在钉钉开发者后台把机器人发布上线，再试一次。'

/**
 * Somebody spoke to DingTalk's robot who comes without a userid: from outside, or while the robot is not published
 * (receive-message). Answered where it was said, once a day: each answer comes out of the month's quota.
 */
export default defineEvent({
  name: 'robot-stranger',
  async run({ work, dataKey }, data) {
    const { sender, session } = stranger.parse(data)
    if (!session.webhook) return
    await later(work, {
      kind: 'answer-stranger',
      key: `answer-stranger:${sha256(sender).slice(0, 24)}:${shanghaiDay(work.now)}`,
      lane: `stranger:${sender}`,
      payload: { session: sealSession(sessionSecrets(dataKey), session.webhook), text: WORDS },
    })
  },
})
