import { ChannelError } from '../../../channels/channel-error.js'
import { getUser, outOfRange } from '../../../channels/dingtalk/user.js'
import { broken, type Check, type Finding, look, nameSome, ok } from '../check.js'
import { askingDingtalk, dingtalkPage } from '../dingtalk.js'
import { listColleagues, mapSome } from '../people.js'

/** Enough to see a pattern. */
const most = 200

/** Contacts interfaces cost nothing. https://open.dingtalk.com/document/development/query-user-details */
const check: Check = {
  name: 'dingtalk-people',
  title: '钉钉通讯录',
  run: askingDingtalk(async ({ api, config }, subject) => {
    const colleagues = await listColleagues(subject, config.corpId)
    const known = colleagues?.flatMap(({ name, dingtalk }) => (dingtalk ? { userid: dingtalk, name } : [])) ?? []
    const people = new Map(config.admins.map((userid) => [userid, { userid, name: userid }]))
    for (const one of known) people.set(one.userid, one)
    const asked = [...people.values()].slice(0, most)
    const [first] = asked
    if (!first) return look('还没有同事用钉钉打开过不漏；没有填 DINGTALK_ADMINS，也没有人可查')
    const states = await mapSome(asked, async ({ userid }) => {
      try {
        return (await getUser(api, userid)) ? 'in' : 'gone'
      } catch (error) {
        if (error instanceof ChannelError && outOfRange.includes(error.code)) return 'out'
        throw error
      }
    })
    const named = (state: string) => asked.filter((_, i) => states[i] === state).map((one) => one.name)
    const without = colleagues?.filter((one) => !one.dingtalk).map((one) => one.name) ?? []
    const findings: Finding[] = []
    if (named('out').length > 0)
      findings.push(
        broken(
          `不在应用的通讯录权限范围：${nameSome(named('out'))}`,
          `到${dingtalkPage}的「权限管理 → 通讯录接口权限范围」加上他们`,
        ),
      )
    if (named('gone').length > 0)
      findings.push(look(`钉钉里没有这个账号（离职或写错）：${nameSome(named('gone'))}`, '到钉钉管理后台「通讯录」核对 userid'))
    if (without.length > 0)
      findings.push(
        look(
          `没有钉钉账号，只在企业微信里收得到：${nameSome(without)}`,
          '请他们在钉钉里打开一次不漏，手机号相同的会自动认成同一个人',
        ),
      )
    return findings.length > 0 ? findings : ok(`${asked.length} 位同事都查得到`)
  }),
}
export default check
