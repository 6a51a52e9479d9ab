import { archivePage, broken, type Check, look, nameSome, ok } from '../check.js'
import { asArchive } from '../context.js'
import { explain } from '../explain.js'
import { listKnown } from '../people.js'
import { strings } from './contact-range.js'

/** Whose chats are kept at all; the REST call that also shows whether our address is trusted there. https://developer.work.weixin.qq.com/document/path/91614 */
const check: Check = {
  name: 'archive-members',
  title: '存档成员',
  async run(subject) {
    if (!subject.archive) return ok('没有启用（可选）')
    const answer = await subject.archive.ask('POST', 'msgaudit/get_permit_user_list', {})
    if (!answer) return look('先修好「存档 Secret」')
    if (answer.code !== 0) return explain(answer, asArchive('msgaudit/get_permit_user_list'))
    const permitted = new Set(strings(answer.body.ids).map((userid) => userid.toLowerCase()))
    if (permitted.size === 0) return broken('没有一位成员开通存档', `到${archivePage}的「开启范围」加上销售`)
    const reps = ((await listKnown(subject)) ?? []).filter((one) => one.isRep)
    const without = reps.filter((one) => !permitted.has(one.userid.toLowerCase())).map((one) => one.name)
    if (without.length > 0)
      return look(
        `${permitted.size} 位成员开通了；没有开通、要靠粘贴的销售：${nameSome(without)}`,
        `要读他们的聊天，到${archivePage}的「开启范围」加上`,
      )
    return ok(`${permitted.size} 位成员开通了，销售都在里面`)
  },
}
export default check
