import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Callback } from '../state/callbacks.js'
import { startProduct } from '../testing/product.js'
import { eventually, startForTest, type TestStandin } from '../testing/start.js'

let standin: TestStandin
let product: Awaited<ReturnType<typeof startProduct>>
beforeEach(async () => {
  product = await startProduct()
  standin = await startForTest({ product: product.base })
})
afterEach(async () => {
  await standin.close()
  await product.close()
})

const told = async () => (await standin.control('callbacks')) as Callback[]
const field = (xml: string, name: string) => new RegExp(`<${name}>(?:<!\\[CDATA\\[)?(.*?)(?:\\]\\]>)?</${name}>`).exec(xml)?.[1]
const changes = async () => (await told()).map((c) => field(c.xml, 'ChangeType'))
const get = async (id: string) =>
  standin.json(`/cgi-bin/externalcontact/get?access_token=${await standin.token()}&external_userid=${id}`)
const add = async (more: object = {}) =>
  (await standin.control('contacts/add', { rep: 'wanglei', name: '钱工', ...more })).added[0] as {
    externalUserId: string
    welcomeCode: string | null
  }

it('tells of a new customer with channel and welcome code, and answers who it is', async () => {
  const { externalUserId, welcomeCode } = await add({
    state: 'expo',
    unionid: 'o-1',
    company: '华东重工',
    mobiles: ['13900000001'],
  })
  const [callback] = await told()
  expect(callback?.xml).toMatch(
    new RegExp(
      '^<xml><ToUserName>.+</ToUserName><FromUserName><!\\[CDATA\\[sys\\]\\]></FromUserName><CreateTime>\\d+</CreateTime>' +
        '<MsgType><!\\[CDATA\\[event\\]\\]></MsgType><Event><!\\[CDATA\\[change_external_contact\\]\\]></Event>' +
        '<ChangeType><!\\[CDATA\\[add_external_contact\\]\\]></ChangeType><UserID><!\\[CDATA\\[wanglei\\]\\]></UserID>' +
        `<ExternalUserID><!\\[CDATA\\[${externalUserId}\\]\\]></ExternalUserID><State><!\\[CDATA\\[expo\\]\\]></State>` +
        `<WelcomeCode><!\\[CDATA\\[${welcomeCode}\\]\\]></WelcomeCode></xml>$`,
    ),
  )
  expect(await get(externalUserId)).toMatchObject({
    external_contact: { name: '钱工', type: 1, unionid: 'o-1' },
    follow_user: [
      {
        userid: 'wanglei',
        state: 'expo',
        remark_corp_name: '华东重工',
        remark_mobiles: ['13900000001'],
        oper_userid: externalUserId,
      },
    ],
  })
})

it('half first: nobody to the API until the rep confirms; the channel stays, and a spent welcome brings no second code', async () => {
  const { externalUserId, welcomeCode } = await add({ half: true, state: 'expo' })
  expect((await get(externalUserId)).errcode).toBe(84061)
  expect(
    await standin.api('externalcontact/send_welcome_msg', { welcome_code: welcomeCode, text: { content: '您好' } }),
  ).toMatchObject({ errcode: 0 })
  await standin.control('contacts/confirm', { rep: 'wanglei', externalUserId })
  expect(await changes()).toEqual(['add_half_external_contact', 'add_external_contact'])
  const [, whole] = await told()
  expect([field(whole?.xml ?? '', 'State'), field(whole?.xml ?? '', 'WelcomeCode')]).toEqual(['expo', undefined])
  expect((await get(externalUserId)).follow_user).toHaveLength(1)
})

it('adds several in one second, also one person at two reps', async () => {
  const adds = [
    { rep: 'wanglei', externalUserId: 'wmSame', name: '孙总' },
    { rep: 'chenjing', externalUserId: 'wmSame' },
    { rep: 'chenjing', name: '另一位' },
  ]
  await standin.control('contacts/add', { adds })
  const all = await told()
  expect(new Set(all.map((c) => field(c.xml, 'CreateTime'))).size).toBe(1)
  expect(all.map((c) => field(c.xml, 'UserID'))).toEqual(['wanglei', 'chenjing', 'chenjing'])
  expect((await get('wmSame')).follow_user.map((f: { userid: string }) => f.userid)).toEqual(['wanglei', 'chenjing'])
  expect((await standin.ask('/__standin/contacts/add', { body: adds[0] })).status).toBe(409)
})

it('a customer who removes the rep can still be read, one whom the rep removes can not', async () => {
  const { externalUserId } = await add()
  await standin.control('contacts/remove', { rep: 'wanglei', externalUserId, by: 'customer' })
  expect((await get(externalUserId)).errcode).toBe(0)
  await standin.control('contacts/remove', { rep: 'wanglei', externalUserId: 'wmRenji', transfer: true })
  expect((await get('wmRenji')).errcode).toBe(84061)
  const all = await told()
  expect(all.map((c) => field(c.xml, 'ChangeType')).slice(1)).toEqual(['del_follow_user', 'del_external_contact'])
  expect(field(all.at(-1)?.xml ?? '', 'Source')).toBe('DELETE_BY_TRANSFER')
  // Added anew: everything begins again.
  await add({ externalUserId: 'wmRenji' })
  expect((await get('wmRenji')).follow_user[0].remark).toBe('刘主任')
})

it('tells of notes made in the client and of a failed hand-over', async () => {
  await standin.control('contacts/edit', {
    rep: 'wanglei',
    externalUserId: 'wmRenji',
    remark: '刘主任 骨科',
    mobiles: ['13900000002'],
  })
  await standin.control('contacts/transfer-fail', { rep: 'chenjing', externalUserId: 'wmRenji', reason: 'customer_limit_exceed' })
  expect((await get('wmRenji')).follow_user[0]).toMatchObject({ remark: '刘主任 骨科', remark_mobiles: ['13900000002'] })
  const [edited, failed] = await told()
  expect(field(edited?.xml ?? '', 'ChangeType')).toBe('edit_external_contact')
  expect([field(failed?.xml ?? '', 'FailReason'), field(failed?.xml ?? '', 'UserID')]).toEqual([
    'customer_limit_exceed',
    'chenjing',
  ])
})

it('tells nothing of members out of 客户联系, nor anything while the application may not call it', async () => {
  await standin.control('contacts/scope', { userid: 'chenjing', contact: false })
  await standin.control('contacts/add', { rep: 'chenjing', name: '看不见' })
  await standin.control('contacts/api', { on: false })
  await add()
  expect(await told()).toEqual([])
  expect((await get('wmRenji')).errcode).toBe(48002)
  await standin.control('contacts/api', { on: true })
  const list = (await standin.json(`/cgi-bin/externalcontact/get_follow_user_list?access_token=${await standin.token()}`))
    .follow_user
  expect(list).not.toContain('chenjing')
  expect(
    (await standin.json(`/cgi-bin/externalcontact/list?access_token=${await standin.token()}&userid=chenjing`)).errcode,
  ).toBe(84074)
})

it('a scanned code brings its rep and its channel', async () => {
  const way = { type: 1, scene: 2, user: ['chenjing'], state: 'fair-2026', remark: '展会' }
  const made = await standin.api('externalcontact/add_contact_way', way)
  expect(made).toMatchObject({ errcode: 0, config_id: expect.any(String), qr_code: expect.stringContaining('/wwqr/') })
  const { added } = await standin.control('contacts/add', { way: made.config_id, name: '展会来的' })
  expect(added[0].rep).toBe('chenjing')
  expect((await get(added[0].externalUserId)).follow_user[0]).toMatchObject({
    userid: 'chenjing',
    state: 'fair-2026',
    add_way: 1,
  })
  expect(await standin.api('externalcontact/get_contact_way', { config_id: made.config_id })).toMatchObject({
    contact_way: { ...way, skip_verify: true },
  })
})

it('keeps callbacks back and lets them go in another order, or twice', async () => {
  await standin.control('deliveries', { held: true })
  const { externalUserId } = await add()
  await standin.control('contacts/edit', { rep: 'wanglei', externalUserId, remark: '新' })
  expect((await standin.control('deliveries', {})).waiting).toHaveLength(2)
  expect(product.received).toEqual([])
  await standin.control('deliveries', { copies: 2 })
  const { released } = await standin.control('deliveries/release', { order: 'reversed' })
  expect(released).toEqual((await told()).map((c) => c.id).reverse())
  await eventually(async () =>
    expect((await told()).map((c) => [c.outcome, c.attempts.length])).toEqual([
      ['delivered', 2],
      ['delivered', 2],
    ]),
  )
  expect(product.received).toHaveLength(4)
})

it('knows after a restart whom it knew', async () => {
  const { externalUserId } = await add({ state: 'expo' })
  await standin.control('contacts/api', { on: false })
  await standin.restart()
  expect((await get(externalUserId)).errcode).toBe(48002)
  await standin.control('contacts/api', { on: true })
  expect((await get(externalUserId)).follow_user[0].state).toBe('expo')
})
