import { ApiConfig, QyAccessTokenApi, QyApiConfigKit } from '@tnwx/accesstoken'
import { type HttpDelegate, HttpKit } from '@tnwx/kits'
import { QyAgentApi, QyDepartmentApi, QyExContact, QyOAApi, QyUserApi } from '@tnwx/wxcp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { AGENT_ID, CORP_ID, SECRET, startForTest, type TestStandin } from '../../simulator/testing/start.js'

/**
 * Another third party's client (TNWX), unchanged: its addresses are the platform's own, and its HTTP delegate, which it
 * lets its users set, takes the calls to the stand-in. What it sends and what it can read of the answers is its own.
 */
let standin: TestStandin
const HOST = 'https://qyapi.weixin.qq.com'

beforeAll(async () => {
  standin = await startForTest()
  const here = (url: string) => {
    expect(url.startsWith(`${HOST}/cgi-bin/`)).toBe(true)
    return `${standin.base}${url.slice(HOST.length)}`
  }
  const unused = () => Promise.reject(new Error('no call of this kind is expected'))
  HttpKit.setHttpDelegate = {
    httpGet: async (url) => (await fetch(here(url))).json(),
    httpPost: async (url, data) => (await fetch(here(url), { method: 'POST', body: data })).json(),
    httpGetToResponse: unused,
    httpPostToResponse: unused,
    httpDeleteToResponse: unused,
    httpPostWithCert: unused,
    upload: unused,
    uploadToResponse: unused,
    httpPutToResponse: unused,
  } satisfies HttpDelegate
  QyApiConfigKit.putApiConfig(new ApiConfig(String(AGENT_ID), SECRET, '', false, '', CORP_ID))
  QyApiConfigKit.setCurrentAppId(String(AGENT_ID), CORP_ID)
})
afterAll(() => standin.close())

it('gets a token and keeps it', async () => {
  const token = await QyAccessTokenApi.getAccessToken()
  expect([token.getAccessToken, token.isAvailable()]).toEqual([await standin.token(), true])
  await QyAccessTokenApi.getAccessToken()
  const calls = (await standin.control('calls?path=/cgi-bin/gettoken')) as unknown[]
  expect(calls).toHaveLength(2)
})

it('finds the members who may follow customers, their customers and what is noted of them', async () => {
  expect((await QyExContact.getFollowUserList()).follow_user).toEqual(['wanglei', 'chenjing', 'lina', 'zhaoqiang'])
  expect((await QyExContact.getUserList('wanglei')).external_userid).toEqual(['wmRenji', 'wmHuaqiang'])
  expect((await QyExContact.getUserList('lina')).errcode).toBe(84061)
  const renji = await QyExContact.getUserInfo('wmRenji')
  expect(renji).toMatchObject({ external_contact: { name: '刘主任', type: 1 }, follow_user: [{ userid: 'wanglei', add_way: 1 }] })
})

it('is refused with its remarks, whose address it spoils: the customer is glued to the token', async () => {
  expect((await QyExContact.updateRemark('wanglei', 'wmRenji', '刘主任')).errcode).toBe(40014)
})

it('makes a tag, marks a customer with it and takes it off', async () => {
  const made = await QyExContact.addCorpTag(undefined, '意向', 1, [{ name: '高', order: 2 }])
  const id = made.tag_group.tag[0].id
  expect((await QyExContact.getCorpTagList([id])).tag_group).toMatchObject([
    { group_name: '意向', tag: [{ id, name: '高', order: 2 }] },
  ])
  await QyExContact.markTag('wanglei', 'wmRenji', [id], [])
  const tags = async () =>
    (await QyExContact.getUserInfo('wmRenji')).follow_user[0].tags.map((tag: { tag_name: string }) => tag.tag_name)
  expect(await tags()).toContain('高')
  await QyExContact.markTag('wanglei', 'wmRenji', [], [id])
  expect(await tags()).not.toContain('高')
})

it('makes, changes and removes a contact way', async () => {
  const made = await QyExContact.addContactWay(1, 2, 1, '展会', true, 'fair', ['chenjing'], [])
  expect(made).toMatchObject({ errcode: 0, qr_code: expect.any(String) })
  await QyExContact.updateContactWay(made.config_id, 1, '展会二', true, 'fair2', ['chenjing'], [])
  expect((await QyExContact.getContactWay(made.config_id)).contact_way).toMatchObject({ state: 'fair2', remark: '展会二' })
  await QyExContact.delContactWay(made.config_id)
  expect((await QyExContact.getContactWay(made.config_id)).errcode).not.toBe(0)
})

it('welcomes a newcomer once', async () => {
  const { added } = await standin.control('contacts/add', { rep: 'wanglei', name: '新人' })
  const welcome = () => QyExContact.sendWelcomeMsg(added[0].welcomeCode, { content: '您好' }, undefined)
  expect([(await welcome()).errcode, (await welcome()).errcode]).toEqual([0, 41051])
})

it('lists groups in the old way of pages, and sees who is in one', async () => {
  const { group_chat_list } = await QyExContact.getGroupChatList(0, 10, 0)
  expect(group_chat_list).toEqual([{ chat_id: 'wrRenjiSupply', status: 0 }])
  expect((await QyExContact.getGroupChatList(1, 10, 0)).group_chat_list).toEqual([])
  expect((await QyExContact.getGroupChat('wrRenjiSupply')).group_chat.member_list).toHaveLength(5)
})

it("counts a member's days", async () => {
  const day = 86_400
  const end = Math.floor(standin.time.now / 1000) - day
  const rows = (await QyExContact.getUserBehaviorData(end - 13 * day, end, ['wanglei'])).behavior_data
  expect(rows).toHaveLength(14)
  expect(rows.filter((row: { chat_cnt: number }) => row.chat_cnt > 0)).toHaveLength(10)
})

it('reads dialled calls, departments, members and the application', async () => {
  await standin.control('dial', { userid: 'wanglei', phone: '13700020001', minutes: 2 })
  const now = Math.floor(standin.time.now / 1000)
  const { record } = await QyOAApi.getDialRecord(now - 60, now, 0, 100)
  expect(record).toMatchObject([{ caller: { userid: 'wanglei', duration: 2 }, callee: [{ phone: '13700020001' }] }])
  expect((await QyDepartmentApi.get(1)).department).toHaveLength(3)
  expect((await QyUserApi.getDepartmentUser('2', 0)).userlist.map((one: { userid: string }) => one.userid)).toEqual([
    'wanglei',
    'chenjing',
    'lina',
  ])
  expect(await QyAgentApi.getAgent(String(AGENT_ID))).toMatchObject({ name: '不漏', close: 0 })
})

it('reads what the directory says of members: main department, superior, who leads; with those below where it asks for them', async () => {
  const [rep] = (await QyUserApi.departmentUserInfo('2', 0)).userlist
  expect(rep).toMatchObject({ userid: 'wanglei', main_department: 2, direct_leader: ['lina'], is_leader_in_dept: [0] })
  expect((await QyUserApi.departmentUserInfo('1', 1)).userlist.length).toBeGreaterThan(3)
  expect((await QyDepartmentApi.get(2)).department).toMatchObject([{ id: 2, parentid: 1, department_leader: ['lina'] }])
})
