import { drawMail } from '../../channels/mail/draw-mail.js'
import { GiveUp } from '../../lib/errors.js'
import { defineEffect, done, skip } from '../define.js'

/**
 * A code to the number or address that somebody typed, to prove that it is theirs. Died in between: not repeated, whoever
 * waits for it asks again; the code stands nowhere in the clear.
 */
export default defineEffect({
  name: 'send-code',
  ifUnknown: 'show',
  async run({ db, outlets }, { codeId, sealed }) {
    const row = await db.contactCode.findUnique({ where: { id: codeId }, include: { person: { select: { leftAt: true } } } })
    if (!row || row.endedAt || row.person.leftAt) return skip('asked anew, or gone')
    const [to, code] = [outlets.points.open(row.sealed), outlets.points.open(sealed)]
    if (row.channel === 'sms') {
      if (!outlets.sms.use?.sendCode) throw new GiveUp('没有验证码短信模板')
      await outlets.sms.use.sendCode(to, code, codeId)
      return done({ channel: row.channel })
    }
    if (!outlets.mail.use) throw new GiveUp(outlets.mail.why)
    const letter = drawMail({
      title: '不漏：验证你的邮箱',
      lines: [`验证码：${code}`, '10 分钟内有效。不是你本人在操作，不用理会这封信。'],
    })
    await outlets.mail.use.send({ to, ...letter, key: codeId })
    return done({ channel: row.channel })
  },
})
