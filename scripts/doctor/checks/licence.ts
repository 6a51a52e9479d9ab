import { broken, type Check, look, nameSome, ok } from '../check.js'
import { asApp } from '../context.js'
import { explain } from '../explain.js'
import type { Subject } from '../subject.js'

const days = 30
const mend = '给他们购买并激活接口许可（基础账号）'

/**
 * unlicenseduser: the platform names them only in its answer to a message, and who is named got nothing. So it is read
 * from what our own messages met, or a test message is sent where somebody asks for one.
 * https://developer.work.weixin.qq.com/document/path/90236
 */
const check: Check = {
  name: 'licence',
  title: '接口许可',
  run: (subject) => (subject.sendTo ? sendOne(subject, subject.sendTo) : fromCopies(subject)),
}
export default check

async function fromCopies({ db, now }: Subject) {
  if (!db) return look('等数据库好了再查')
  const since = new Date(now.getTime() - days * 86_400_000)
  const copies = await db.cardCopy
    .findMany({
      where: { platform: 'wecom', state: { in: ['submitted', 'delivered', 'failed'] }, stateAt: { gte: since } },
      select: { state: true, reason: true, personId: true, person: { select: { name: true } } },
      orderBy: { stateAt: 'desc' },
      distinct: ['personId'],
    })
    .catch(() => null)
  if (!copies) return look('等数据库好了再查')
  const without = copies.filter((copy) => copy.reason?.includes('接口许可')).map((copy) => copy.person.name)
  if (without.length > 0) return broken(`没有接口许可，收不到消息：${nameSome(without)}`, mend)
  if (copies.length === 0) return look('还没有发过消息，看不出来', 'npm run doctor -- --send <userid> 给一位同事发一条测试消息')
  return ok(`近 ${days} 天给 ${copies.length} 位同事发过消息，没有人因为许可收不到`)
}

async function sendOne({ app, get }: Subject, userid: string) {
  const content = '这是不漏的自检消息，收到就不用管它。'
  const input = { touser: userid, msgtype: 'text', agentid: Number(get('WECOM_AGENT_ID')), text: { content } }
  const answer = await app?.ask('POST', 'message/send', input)
  if (!answer) return look('先修好「应用 Secret」')
  // Also beside 81013, all recipients refused: which of the two it was stands in the lists.
  if (names(answer.body.unlicenseduser).includes(userid.toLowerCase())) return broken(`${userid} 没有接口许可，收不到消息`, mend)
  if (answer.code !== 0 && answer.code !== 81013) return explain(answer, asApp('message/send'))
  if (answer.code === 81013 || names(answer.body.invaliduser).includes(userid.toLowerCase()))
    return broken(`${userid} 不在应用可见范围，没有发出`, '先看「应用可见范围」这一项')
  return ok(`给 ${userid} 发了一条测试消息，企业微信收下了`)
}

const names = (value: unknown) =>
  String(value ?? '')
    .toLowerCase()
    .split('|')
