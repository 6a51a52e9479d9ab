import { appPage, broken, type Check, type Finding, look, nameSome, ok } from '../check.js'
import { asApp } from '../context.js'
import { explain } from '../explain.js'
import { listKnown, mapSome } from '../people.js'
import type { Platform } from '../platform.js'
import type { Subject } from '../subject.js'

/** One call each, so not for whole factories: the first so many tell enough. */
const most = 300

/**
 * 应用可见范围: whom cards reach and who may open the app. The range can be departments and tags, so each is asked for:
 * 60011 is out of range, 60111 nobody. https://developer.work.weixin.qq.com/document/path/90196
 */
const check: Check = {
  name: 'visible-range',
  title: '应用可见范围',
  async run(subject) {
    const { app } = subject
    if (!app || (await app.token()).code !== 0) return look('先修好「应用 Secret」')
    const people = await wanted(subject)
    if (!people) return look('等数据库好了再查')
    if (people.length === 0) return look('还没有同事打开过不漏，先看 WECOM_ADMINS 里写了谁')
    const seen = people.slice(0, most)
    const states = await mapSome(seen, (one) => stateOf(app, one.userid))
    const bad = states.find((state) => typeof state === 'object')
    if (bad) return bad
    const named = (wantedState: string) => seen.filter((_, i) => states[i] === wantedState).map((one) => one.name)
    const [out, gone] = [named('out'), named('gone')]
    const findings: Finding[] = []
    if (out.length > 0)
      findings.push(broken(`不在应用可见范围，收不到卡片也打不开：${nameSome(out)}`, `到${appPage}的「可见范围」加上他们`))
    if (gone.length > 0)
      findings.push(look(`企业微信里没有这个账号（离职或改过账号）：${nameSome(gone)}`, '到管理后台「通讯录」核对账号'))
    const rest = seen.length - out.length - gone.length
    return findings.length > 0 ? findings : ok(`${rest} 位同事都在${people.length > most ? `（只查了前 ${most} 位）` : ''}`)
  },
}
export default check

/** Administrators of the settings come first: a typing mistake there locks everybody out. */
async function wanted(subject: Subject): Promise<{ userid: string; name: string }[] | null> {
  const known = await listKnown(subject)
  const admins = (subject.get('WECOM_ADMINS') ?? '').split(',').flatMap((one) => one.trim() || [])
  if (!known && admins.length === 0) return null
  const people = new Map(admins.map((userid) => [userid.toLowerCase(), { userid, name: userid }]))
  for (const one of known ?? []) people.set(one.userid.toLowerCase(), one)
  return [...people.values()]
}

async function stateOf(app: Platform, userid: string): Promise<'in' | 'out' | 'gone' | Finding> {
  const answer = await app.ask('GET', 'user/get', { userid })
  if (!answer) return look('先修好「应用 Secret」')
  if (answer.code === 0) return answer.body.status === 5 ? 'gone' : 'in'
  if (answer.code === 60011) return 'out'
  if (answer.code === 60111 || answer.code === 40003) return 'gone'
  if (answer.code === 60020) return look('先修好「企业可信IP」')
  return explain(answer, asApp('user/get'))
}
