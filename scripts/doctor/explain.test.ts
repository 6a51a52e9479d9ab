import { expect, it } from 'vitest'
import { asApp, asArchive } from './context.js'
import { explain } from './explain.js'

const answer = (code: number | string, errmsg = '') => ({ code, errmsg, body: {}, hint: '' })

it.each([
  [40001, /Secret/],
  [40013, /企业信息/],
  [40056, /AgentId/],
  [48002, /可调用接口的应用/],
  [60011, /可见范围/],
  [60020, /企业可信IP/],
  [301002, /同一页/],
  [301042, /可信/],
  [301052, /续费/],
  [701008, /购买/],
])('%d is broken, and says where it is mended', (code, page) => {
  const { state, words, mend } = explain(answer(code), asApp('externalcontact/get_follow_user_list'))
  expect([state, words]).toEqual(['broken', expect.stringContaining(`（${code}）`)])
  expect(mend).toMatch(page)
})

it.each([-1, 45009, 45033])('%d passes by itself', (code) => {
  expect(explain(answer(code), asApp('gettoken'))).toMatchObject({ state: 'look', mend: '过一分钟再运行一次' })
})

it('says of a code that nobody explained what the platform calls it, and the number', () => {
  expect(explain(answer(93008), asApp('appchat/send'))).toMatchObject({
    state: 'broken',
    words: expect.stringContaining('appchat/send 93008'),
  })
  expect(explain(answer(99999), asApp('x')).mend).toMatch(/99999/)
})

it('names the address and the list that holds for this secret', () => {
  const said = answer(60020, 'not allow to access from your ip, hint: [16], from ip: 2001:db8::7, more info at https://x')
  expect(explain(said, asApp('user/get')).words).toMatch(/ 2001:db8::7 不在/)
  expect(explain(said, asApp('user/get')).mend).toMatch(/企业可信IP」加上 2001:db8::7/)
  expect(explain(said, asArchive('msgaudit/get_permit_user_list')).mend).toMatch(/聊天内容存档」的「可信IP」/)
})

it.each([
  ['timeout', /443/],
  ['ENOTFOUND', /DNS/],
  ['http-404', /WECOM_API_BASE/],
  ['CERT_HAS_EXPIRED', /证书/],
])('a line that breaks with %s is no answer of the platform’s', (code, mend) => {
  expect(explain(answer(code), asApp('gettoken')).mend).toMatch(mend)
})
