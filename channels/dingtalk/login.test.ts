import { expect, it } from 'vitest'
import { useDingtalk } from './fixtures/dingtalk-api.js'
import { memberOf } from './login.js'

const serve = useDingtalk()
const path = 'topapi/v2/user/getuserinfo'

it('memberOf gives the member behind a code, and costs nothing', async () => {
  const result = { userid: 'linxiao', unionid: 'U1', name: '林晓', device_id: 'D', sys: false, sys_level: 0 }
  const { dingtalk, told, asksOf } = await serve({ [path]: [{ errcode: 0, result }] })
  expect(await memberOf(dingtalk, 'C1')).toEqual({ userid: 'linxiao', unionid: 'U1', name: '林晓' })
  expect(asksOf(path)[0]).toMatchObject({ body: { code: 'C1' }, query: { access_token: 'T1' } })
  expect(told.some((call) => call.paid)).toBe(false)
})

it.each([
  ['used', { errcode: 40078, errmsg: '不存在的临时授权码' }],
  ['behind 88', { errcode: 88, sub_code: '40078', sub_msg: '不存在的临时授权码' }],
])('memberOf asks to open the page again for a code that is %s', async (_, no) => {
  const { dingtalk } = await serve({ [path]: [no] })
  const expected = { kind: 'give-up', code: 40078, hint: expect.stringContaining('重新打开页面') }
  await expect(memberOf(dingtalk, 'C1')).rejects.toMatchObject(expected)
})
