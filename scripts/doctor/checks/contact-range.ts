import { appPage, broken, type Check, contactPage, type Finding, look, nameSome, ok } from '../check.js'
import { asApp } from '../context.js'
import { explain } from '../explain.js'
import { type Known, listKnown, mapSome } from '../people.js'
import type { Subject } from '../subject.js'

const most = 100

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
      return broken('应用可以调用，但没有一位成员在客户联系的使用范围里', `到${contactPage}的「权限配置 → 使用范围」加上销售`)
    const reps = ((await listKnown(subject)) ?? []).filter((one) => one.isRep)
    const missing = reps.filter((one) => !listed.has(one.userid.toLowerCase())).slice(0, most)
    if (missing.length > 0) return whyMissing(subject, missing)
    return ok(`应用可以调用，${reps.length > 0 ? `${reps.length} 位销售都在使用范围里` : `使用范围里有 ${listed.size} 位成员`}`)
  },
}
export default check

/** Who is missing on the list may be so for either of two reasons, which are mended on two pages. */
async function whyMissing({ app }: Subject, missing: Known[]): Promise<Finding[]> {
  const answers = await mapSome(missing, async (one) => app?.ask('GET', 'user/get', { userid: one.userid }))
  const unseen = missing.filter((_, i) => answers[i]?.code !== 0).map((one) => one.name)
  const unused = missing.filter((_, i) => answers[i]?.code === 0).map((one) => one.name)
  const findings: Finding[] = []
  if (unused.length > 0)
    findings.push(
      broken(
        `不在客户联系的使用范围里，读不到他们的客户：${nameSome(unused)}`,
        `到${contactPage}的「权限配置 → 使用范围」加上他们`,
      ),
    )
  if (unseen.length > 0)
    findings.push(
      broken(`应用看不到，也就读不到他们的客户：${nameSome(unseen)}`, `到${appPage}的「可见范围」加上他们；已经离职的不用管`),
    )
  return findings
}

export function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}
