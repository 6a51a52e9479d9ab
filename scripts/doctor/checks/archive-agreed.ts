import { type Check, look, ok } from '../check.js'
import { asArchive } from '../context.js'
import { explain } from '../explain.js'
import type { Subject } from '../subject.js'

/** As many as one call takes: a sample of the newest is enough for a share. */
const most = 100

/**
 * Only chats of customers who agreed are kept. `exteranalopenid` is how the platform spells it.
 * https://developer.work.weixin.qq.com/document/path/91782
 */
const check: Check = {
  name: 'archive-agreed',
  title: '客户同意',
  async run(subject) {
    if (!subject.archive) return ok('没有启用会话内容存档（可选）')
    const pairs = await listPairs(subject)
    if (!pairs) return look('等数据库好了再查')
    if (pairs.length === 0) return look('还没有客户，看不出来')
    const answer = await subject.archive.ask('POST', 'msgaudit/check_single_agree', { info: pairs })
    if (!answer) return look('先修好「存档 Secret」')
    if (answer.code !== 0) return explain(answer, asArchive('msgaudit/check_single_agree'))
    const info = Array.isArray(answer.body.agreeinfo) ? answer.body.agreeinfo : []
    const agreed = info.filter((one) => one?.agree_status === 'Agree').length
    const refused = info.filter((one) => one?.agree_status === 'Disagree').length
    const share = `最近的 ${pairs.length} 位客户里 ${agreed} 位同意存档（${Math.round((agreed / pairs.length) * 100)}%）`
    if (agreed === pairs.length) return ok(share)
    return look(
      `${share}${refused > 0 ? `，${refused} 位拒绝` : ''}；其余的聊天读不到`,
      '请销售在聊天里把存档说明发给客户确认，没有同意之前靠粘贴',
    )
  },
}
export default check

async function listPairs({ db, get }: Subject): Promise<{ userid: string; exteranalopenid: string }[] | null> {
  if (!db) return null
  const organisation = get('WECOM_CORP_ID') ?? ''
  const own = { platform: 'wecom', organisation }
  try {
    const follows = await db.follow.findMany({
      where: {
        contact: { identities: { some: { ...own, kind: 'external' } } },
        person: { leftAt: null, identities: { some: { ...own, kind: 'member' } } },
      },
      select: {
        contact: { select: { identities: { where: { ...own, kind: 'external' }, select: { value: true } } } },
        person: { select: { identities: { where: { ...own, kind: 'member' }, select: { value: true } } } },
      },
      orderBy: { since: 'desc' },
      take: most,
    })
    return follows.flatMap(({ contact, person }) => {
      const [external, member] = [contact.identities[0]?.value, person.identities[0]?.value]
      return external && member ? [{ userid: member, exteranalopenid: external }] : []
    })
  } catch {
    return null
  }
}
