import { afterEach, beforeEach, expect, it } from 'vitest'
import { readSettings } from '../settings.js'
import { type DingtalkStandin, startWithDingtalk } from '../testing/dingtalk-api.js'

let standin: DingtalkStandin
beforeEach(async () => {
  standin = await startWithDingtalk()
})
afterEach(() => standin.close())

const codeOf = async (userid: string) => (await standin.control('dingtalk/login-code', { userid })).code
const infoOf = (code: string) => standin.oapi('topapi/v2/user/getuserinfo', { code })

it('says once within five minutes whose login code it is', async () => {
  const code = await codeOf('linxiao')
  expect(await infoOf(code)).toMatchObject({
    errcode: 0,
    result: { userid: 'linxiao', unionid: 'uLinxiaoB0100', name: '林晓', sys: false },
  })
  expect((await infoOf(code)).errcode).toBe(40_078)
  const late = await codeOf('linxiao')
  standin.time.now += 5 * 60_000 + 1
  expect((await infoOf(late)).errcode).toBe(40_078)
  expect((await infoOf('x')).errcode).toBe(40_078)
})

it('knows members by userid, unionid and mobile, and their superior when they have one here', async () => {
  const { result } = await standin.oapi('topapi/v2/user/get', { userid: 'LinXiao' })
  expect(result).toMatchObject({
    userid: 'linxiao',
    name: '林晓',
    title: '渠道销售',
    manager_userid: 'wumin',
    mobile: '13800010009',
  })
  expect(result.leader_in_dept).toEqual([{ dept_id: result.dept_id_list[0], leader: false }])
  // 王磊's superior is in WeCom alone.
  expect((await standin.oapi('topapi/v2/user/get', { userid: 'ding_wanglei' })).result).not.toHaveProperty('manager_userid')
  expect((await standin.oapi('topapi/user/getbyunionid', { unionid: 'uWuminB0100' })).result.userid).toBe('wumin')
  expect((await standin.oapi('topapi/v2/user/getbymobile', { mobile: '13800010001' })).result.userid).toBe('ding_wanglei')
  expect((await standin.oapi('topapi/v2/user/get', { userid: 'chenjing' })).errcode).toBe(60_121)
})

it('lists departments and who is in them, by pages', async () => {
  const { result } = await standin.oapi('topapi/v2/department/listsub', {})
  expect(result.map(({ name }: { name: string }) => name)).toEqual(['华东一组', '内勤与产品', '工程渠道组'])
  const { dept_id } = result[2]
  expect((await standin.oapi('topapi/user/listid', { dept_id })).result).toEqual({ userid_list: ['wumin', 'linxiao'] })
  expect((await standin.oapi('topapi/v2/department/get', { dept_id })).result).toMatchObject({
    dept_manager_userid_list: ['wumin'],
  })
  const page = async (cursor: number) => (await standin.oapi('topapi/v2/user/list', { dept_id, cursor, size: 1 })).result
  expect(await page(0)).toMatchObject({ has_more: true, next_cursor: 1, list: [{ userid: 'wumin' }] })
  expect(await page(1)).toMatchObject({ has_more: false, list: [{ userid: 'linxiao' }] })
  expect((await standin.oapi('topapi/user/listid', { dept_id: 7 })).errcode).toBe(60_003)
})

it('hides who is out of what the application may see', async () => {
  await standin.control('dingtalk/range', { userid: 'linxiao', in: false })
  expect((await standin.oapi('topapi/v2/user/get', { userid: 'linxiao' })).errcode).toBe(50_004)
  expect((await infoOf(await codeOf('linxiao'))).errcode).toBe(40_078)
})

it('renews a ticket for a day at most, in both APIs the same', async () => {
  const fresh = () => standin.ding('/v1.0/oauth2/jsapiTickets', {})
  const { jsapiTicket, expireIn } = await fresh()
  expect(expireIn).toBe(7200)
  expect(await standin.oapi('get_jsapi_ticket')).toMatchObject({ errcode: 0, ticket: jsapiTicket, expires_in: 7200 })
  for (let n = 0; n < 12; n += 1) {
    expect((await fresh()).jsapiTicket).toBe(jsapiTicket)
    standin.time.now += 7_199_000
  }
  standin.time.now += 60_000
  expect((await fresh()).jsapiTicket).not.toBe(jsapiTicket)
})

it('is free of charge', async () => {
  await standin.oapi('topapi/v2/user/get', { userid: 'linxiao' })
  await standin.ding('/v1.0/oauth2/jsapiTickets', {})
  await standin.oapi('topapi/extcontact/list', {})
  expect((await standin.control('dingtalk/usage')).spent.calls).toBe(0)
})

it('refuses settings that are half there', () => {
  expect(() => readSettings({ DINGTALK_CLIENT_ID: 'x' })).toThrow(/DINGTALK_CLIENT_SECRET: is missing/)
})
