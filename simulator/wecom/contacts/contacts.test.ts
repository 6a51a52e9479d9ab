import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startForTest, type TestStandin } from '../../testing/start.js'

let standin: TestStandin
beforeEach(async () => {
  standin = await startForTest()
})
afterEach(() => standin.close())

const ask = async (name: string) =>
  standin.json(`/cgi-bin/${name}${name.includes('?') ? '&' : '?'}access_token=${await standin.token()}`)
const api = (name: string, body: object) => standin.api(`externalcontact/${name}`, body)
const get = (id: string, more = '') => ask(`externalcontact/get?external_userid=${id}${more}`)
const RENJI = { userid: 'wanglei', external_userid: 'wmRenji' }

it('lists the customers of one rep, and says 84061 of a rep without any', async () => {
  expect((await ask('externalcontact/list?userid=wanglei')).external_userid).toEqual(['wmRenji', 'wmHuaqiang'])
  expect(await ask('externalcontact/list?userid=zhaoqiang')).toMatchObject({ errcode: 84061, external_userid: [] })
  expect((await ask('externalcontact/list?userid=heping')).errcode).toBe(84074)
  expect((await ask('externalcontact/list?userid=nobody')).errcode).toBe(60111)
  await standin.control('range', { userid: 'wanglei', in: false })
  expect((await ask('externalcontact/list?userid=wanglei')).errcode).toBe(60011)
  expect((await get('wmRenji')).errcode).toBe(84061)
})

it('shows the tags by name, and followers beyond 500 on a further page', async () => {
  const path = fileURLToPath(new URL('../../../prisma/seed/demo.json', import.meta.url))
  const world = JSON.parse(await readFile(path, 'utf8'))
  const crowd = Array.from({ length: 501 }, (_, n) => ({ userid: `p${n}`, name: `员工${n}` }))
  const file = `${standin.journal}.world.json`
  await writeFile(file, JSON.stringify({ ...world, people: [...world.people, ...crowd] }))
  const big = await startForTest({ env: { STANDIN_WORLD: file } })
  await big.control('contacts/add', { adds: crowd.map(({ userid }) => ({ rep: userid, externalUserId: 'wmRenji' })) })
  const page = async (more: string) =>
    big.json(`/cgi-bin/externalcontact/get?access_token=${await big.token()}&external_userid=wmRenji${more}`)
  const first = await page('')
  expect([first.follow_user.length, first.next_cursor.length > 0]).toEqual([500, true])
  expect(first.follow_user[0].tags).toEqual([
    { group_name: '客户级别', tag_name: '重点客户', tag_id: expect.stringMatching(/^et/), type: 1 },
  ])
  const second = await page(`&cursor=${first.next_cursor}`)
  expect([second.follow_user.length, second.next_cursor]).toEqual([2, undefined])
  expect((await page('&cursor=nonsense')).errcode).toBe(40058)
  await big.close()
})

it('gives pairs of several reps page by page, with ids of tags only', async () => {
  const first = await api('batch/get_by_user', { userid_list: ['wanglei', 'chenjing', 'heping'], limit: 2 })
  expect(
    first.external_contact_list.map(
      (one: { external_contact: { external_userid: string } }) => one.external_contact.external_userid,
    ),
  ).toEqual(['wmRenji', 'wmHuaqiang'])
  expect(first.external_contact_list[0].follow_info).toMatchObject({ userid: 'wanglei', tag_id: [expect.stringMatching(/^et/)] })
  expect(first.external_contact_list[0].follow_info.tags).toBeUndefined()
  const second = await api('batch/get_by_user', { userid_list: ['wanglei', 'chenjing'], limit: 2, cursor: first.next_cursor })
  expect([second.external_contact_list.length, second.next_cursor]).toEqual([1, ''])
  expect((await api('batch/get_by_user', { userid_list: [] })).errcode).toBe(40063)
  expect((await api('batch/get_by_user', { userid_list: Array.from({ length: 101 }, () => 'wanglei') })).errcode).toBe(40058)
  expect((await api('batch/get_by_user', { userid_list: ['heping'] })).errcode).toBe(84074)
})

it('notes: phones replace all there were, what is not given stays, and nobody is called back', async () => {
  expect(
    (await api('remark', { ...RENJI, remark_company: '仁济', remark_mobiles: ['13700020001', '13700020002'] })).errcode,
  ).toBe(0)
  expect((await get('wmRenji')).follow_user[0]).toMatchObject({
    remark: '刘主任',
    remark_corp_name: '仁济',
    remark_mobiles: ['13700020001', '13700020002'],
  })
  await api('remark', { ...RENJI, remark_mobiles: [''] })
  expect((await get('wmRenji')).follow_user[0].remark_mobiles).toEqual([])
  expect(await standin.control('callbacks')).toEqual([])
})

it.each([
  ['nothing to note', RENJI, 40063],
  ['a remark over 20 characters', { ...RENJI, remark: '字'.repeat(21) }, 40058],
  ['a company over 20 characters', { ...RENJI, remark_company: '字'.repeat(21) }, 40058],
  ['phones that are no list', { ...RENJI, remark_mobiles: '139' }, 40058],
  ["another rep's customer", { ...RENJI, userid: 'chenjing', remark: '新' }, 84061],
  ['somebody of ours', { ...RENJI, external_userid: 'lina', remark: '新' }, 40096],
])('notes nothing for %s', async (_, body, errcode) => {
  expect((await api('remark', body)).errcode).toBe(errcode)
})

it('notes no company of a WeCom user, who shows one of their own', async () => {
  const { added } = await standin.control('contacts/add', {
    rep: 'wanglei',
    name: '商务伙伴',
    type: 2,
    company: '海纳五金',
    unionid: 'u',
  })
  expect(added[0].welcomeCode).toBeNull()
  const external_userid = added[0].externalUserId
  await api('remark', { userid: 'wanglei', external_userid, remark_company: '别的公司' })
  const found = await get(external_userid)
  expect(found.external_contact).toMatchObject({ type: 2, corp_name: '海纳五金' })
  expect(found.external_contact.unionid).toBeUndefined()
  expect(found.follow_user[0].remark_corp_name).toBeUndefined()
})

it('tags: what is deleted shows only to who asks for it, marks come and go', async () => {
  const made = await api('add_corp_tag', { group_name: '客户级别', tag: [{ name: '冷' }, { name: '冷' }, { name: '老客户' }] })
  expect(made.tag_group.tag.map((tag: { name: string }) => tag.name)).toEqual(['冷'])
  const cold = made.tag_group.tag[0].id
  expect((await api('mark_tag', { ...RENJI, add_tag: [cold] })).errcode).toBe(0)
  expect((await get('wmRenji')).follow_user[0].tags.map((tag: { tag_name: string }) => tag.tag_name)).toEqual(['重点客户', '冷'])
  expect((await api('mark_tag', { ...RENJI, add_tag: ['etNothing'] })).errcode).toBe(40068)
  expect((await api('mark_tag', RENJI)).errcode).toBe(40063)
  expect((await api('add_corp_tag', { group_name: '客户级别', tag: [{ name: '冷' }] })).errcode).toBe(40071)

  await standin.control('tags/delete', { id: cold })
  expect((await get('wmRenji')).follow_user[0].tags).toHaveLength(1)
  const names = async (body: object) =>
    (await api('get_corp_tag_list', body)).tag_group.flatMap((group: { tag: { name: string }[] }) =>
      group.tag.map((tag) => tag.name),
    )
  expect(await names({})).not.toContain('冷')
  expect((await api('get_corp_tag_list', { tag_id: [cold] })).tag_group[0].tag).toMatchObject([{ name: '冷', deleted: true }])
  const events = (await standin.control('callbacks')) as { xml: string }[]
  expect(events.at(-1)?.xml).toContain(
    `<Event><![CDATA[change_external_tag]]></Event><Id><![CDATA[${cold}]]></Id><TagType><![CDATA[tag]]></TagType><ChangeType><![CDATA[delete]]></ChangeType>`,
  )
})

it.each([
  ['two users for one', { type: 1, scene: 2, user: ['wanglei', 'chenjing'] }, 40058],
  ['nobody', { type: 2, scene: 2, user: [] }, 40063],
  ['a state over 30 characters', { type: 1, scene: 2, user: ['wanglei'], state: 'x'.repeat(31) }, 40058],
  ['somebody out of 客户联系', { type: 1, scene: 2, user: ['heping'] }, 84074],
  ['an unknown scene', { type: 1, scene: 3, user: ['wanglei'] }, 40058],
])('makes no contact way for %s', async (_, body, errcode) => {
  expect((await api('add_contact_way', body)).errcode).toBe(errcode)
})

it('contact ways can be changed, listed and removed; a code is a picture', async () => {
  const { config_id, qr_code } = await api('add_contact_way', {
    type: 2,
    scene: 2,
    user: ['wanglei', 'chenjing'],
    state: 'a',
    remark: '官网',
  })
  await api('update_contact_way', { config_id, state: 'b' })
  expect((await api('get_contact_way', { config_id })).contact_way).toMatchObject({
    state: 'b',
    user: ['wanglei', 'chenjing'],
    qr_code,
  })
  expect((await api('list_contact_way', {})).contact_way).toEqual([{ config_id }])
  const url = new URL(qr_code)
  const picture = await standin.ask(url.pathname, { host: url.host })
  expect([picture.headers['content-type'], picture.text.includes('官网')]).toEqual(['image/svg+xml', true])
  await api('del_contact_way', { config_id })
  expect((await api('get_contact_way', { config_id })).errcode).toBe(40058)
})

it('a welcome is good once, for 20 seconds, and not after the first word', async () => {
  const add = async () => (await standin.control('contacts/add', { rep: 'wanglei', name: '新人' })).added[0]
  const send = (welcome_code: string, more: object = { text: { content: '您好' } }) =>
    api('send_welcome_msg', { welcome_code, ...more })
  const one = await add()
  expect((await send('another')).errcode).toBe(41050)
  expect((await send(one.welcomeCode, {})).errcode).toBe(44004)
  expect((await send(one.welcomeCode, { text: { content: '锁'.repeat(1334) } })).errcode).toBe(45002)
  expect((await send(one.welcomeCode, { attachments: [{ msgtype: 'link', link: { title: '只有标题' } }] })).errcode).toBe(40008)
  const link = { msgtype: 'link', link: { title: '产品手册', url: 'https://x.cn' } }
  expect((await send(one.welcomeCode, { text: { content: '您好' }, attachments: [link] })).errcode).toBe(0)
  expect((await send(one.welcomeCode)).errcode).toBe(41051)
  const chat = (await standin.state()).chats.find((c: { externalUserId: string }) => c.externalUserId === one.externalUserId)
  expect(chat.messages.map((m: { text: string }) => m.text)).toEqual(['您好', '产品手册 https://x.cn'])

  const late = await add()
  standin.time.now += 20_001
  expect((await send(late.welcomeCode)).errcode).toBe(41050)
  const talking = await add()
  await standin.control('chat', { rep: 'wanglei', externalUserId: talking.externalUserId, from: 'customer', text: '在吗' })
  expect((await send(talking.welcomeCode)).errcode).toBe(41051)
})
