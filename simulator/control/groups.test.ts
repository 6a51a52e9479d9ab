import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Callback } from '../state/callbacks.js'
import { startForTest, type TestStandin } from '../testing/start.js'

let standin: TestStandin
beforeEach(async () => {
  standin = await startForTest()
})
afterEach(() => standin.close())

const GROUP = 'wrRenjiSupply'
const get = (chat_id = GROUP, need_name = 1) => standin.api('externalcontact/groupchat/get', { chat_id, need_name })
const list = async (body: object) =>
  (await standin.api('externalcontact/groupchat/list', { limit: 100, ...body })).group_chat_list?.map(
    (one: { chat_id: string; status: number }) => [one.chat_id, one.status],
  )
const told = async () => (await standin.control('callbacks')) as Callback[]
const field = (xml: string, name: string) => new RegExp(`<${name}>(?:<!\\[CDATA\\[)?(.*?)(?:\\]\\]>)?</${name}>`).exec(xml)?.[1]

it('shows the group of the demo: who is in it, by whom, under which names', async () => {
  const { group_chat } = await get()
  expect(group_chat).toMatchObject({
    name: '仁济骨科供货群',
    owner: 'wanglei',
    admin_list: [],
    member_version: expect.any(String),
  })
  expect(
    group_chat.member_list.map((one: { userid: string; type: number; name: string }) => [one.userid, one.type, one.name]),
  ).toEqual([
    ['wanglei', 1, '王磊'],
    ['zhaoqiang', 1, '赵强'],
    ['wmRenji', 2, '刘主任'],
    ['wmRenjiWu', 2, '吴工'],
    ['wmRenjiFang', 2, '方护士长'],
  ])
  expect(group_chat.member_list[2]).toMatchObject({ join_scene: 1, invitor: { userid: 'wanglei' }, unionid: 'oDemoRenji' })
  expect((await get(GROUP, 0)).group_chat.member_list[0].name).toBeUndefined()
  expect(await list({})).toEqual([[GROUP, 0]])
  expect((await get('wrNothing')).errcode).toBe(40050)
  // Nobody has added them: in a group they are seen, as a customer they are not.
  const path = `/cgi-bin/externalcontact/get?access_token=${await standin.token()}&external_userid=wmRenjiWu`
  expect((await standin.json(path)).errcode).toBe(84061)
})

it('tells who came and who went, with the versions before and after', async () => {
  const before = (await get()).group_chat.member_version
  const guests = [{ externalUserId: 'wmNewGuest', name: '新来的' }]
  await standin.control('groups/members', { chatId: GROUP, guests, leave: ['wmRenjiFang'], scene: 3, removed: true })
  const after = (await get()).group_chat
  const [came, went] = await told()
  expect(came?.xml).toContain('<MemChangeCnt>1</MemChangeCnt><MemChangeList><Item><![CDATA[wmNewGuest]]></Item></MemChangeList>')
  expect([
    field(came?.xml ?? '', 'UpdateDetail'),
    field(came?.xml ?? '', 'JoinScene'),
    field(came?.xml ?? '', 'LastMemVer'),
  ]).toEqual(['add_member', '3', before])
  expect([
    field(went?.xml ?? '', 'UpdateDetail'),
    field(went?.xml ?? '', 'QuitScene'),
    field(went?.xml ?? '', 'CurMemVer'),
  ]).toEqual(['del_member', '1', after.member_version])
  expect(field(came?.xml ?? '', 'CurMemVer')).toBe(field(went?.xml ?? '', 'LastMemVer'))
  expect(after.member_list.map((one: { userid: string }) => one.userid)).toEqual([
    'wanglei',
    'zhaoqiang',
    'wmRenji',
    'wmRenjiWu',
    'wmNewGuest',
  ])
  expect(after.member_list.at(-1)).toMatchObject({ join_scene: 3, name: '新来的' })
  expect(after.member_list.at(-1).invitor).toBeUndefined()
})

it('is made, renamed and dismissed, each with its event; a leaver owns it until somebody is named', async () => {
  const { chatId } = await standin.control('groups/create', { name: '新群', owner: 'chenjing', members: ['wmJinhai'] })
  await standin.control('groups/set', { chatId, name: '金海群' })
  expect((await get(chatId)).group_chat.name).toBe('金海群')
  await standin.control('groups/dismiss', { chatId })
  expect((await get(chatId)).errcode).toBe(49008)
  expect(await list({})).toEqual([[GROUP, 0]])
  expect((await told()).map((c) => [field(c.xml, 'ChangeType'), field(c.xml, 'UpdateDetail')])).toEqual([
    ['create', undefined],
    ['update', 'change_name'],
    ['dismiss', undefined],
  ])
  await standin.control('leave', { userid: 'wanglei' })
  expect(await list({})).toEqual([])
  expect(await list({ owner_filter: { userid_list: ['wanglei'] } })).toEqual([[GROUP, 1]])
})
