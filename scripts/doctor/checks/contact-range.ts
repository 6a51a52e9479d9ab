import { broken, type Check, contactPage, look, nameSome, ok } from '../check.js'
import { asApp } from '../context.js'
import { explain } from '../explain.js'
import { listKnown } from '../people.js'

/**
 * Two gates before a customer can be read: the app among 可调用接口的应用 (48002 else), and the rep in 客户联系's use range.
 * The list names only those who are in the app's visible range as well.
 * https://developer.work.weixin.qq.com/document/path/92571
 */
const check: Check = {
  name: 'contact-range',
  title: '客户联系',
  async run(subject) {
    const answer = await subject.app?.ask('GET', 'externalcontact/get_follow_user_list')
    if (!answer) return look('先修好「应用 Secret」')
    if (answer.code === 60020) return look('先修好「企业可信IP」')
    if (answer.code !== 0) return explain(answer, asApp('externalcontact/get_follow_user_list'))
    const listed = new Set(strings(answer.body.follow_user).map((userid) => userid.toLowerCase()))
    if (listed.size === 0)
      return broken('应用可以调用，但没有一位成员在客户联系的使用范围里', `到${contactPage} 的「权限配置 → 使用范围」加上销售`)
    const reps = ((await listKnown(subject)) ?? []).filter((one) => one.isRep)
    const missing = reps.filter((one) => !listed.has(one.userid.toLowerCase())).map((one) => one.name)
    if (missing.length > 0)
      return broken(
        `读不到这几位的客户：${nameSome(missing)}`,
        `到${contactPage} 的「权限配置 → 使用范围」加上他们；已经在里面的，看上面「应用可见范围」这一项`,
      )
    return ok(`应用可以调用，${reps.length > 0 ? `${reps.length} 位销售都在使用范围里` : `使用范围里有 ${listed.size} 位成员`}`)
  },
}
export default check

export function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}
