import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clientOf, goodToken, serveQyapi } from '../../channels/wecom/fixtures/qyapi.js'
import { keepPhones, sealPhone } from '../../domain/contact/contact-phones.js'
import { createContactWay } from '../../domain/contact-way/create-contact-way.js'
import { dropPicture, setPicture } from '../../domain/contact-way/set-picture.js'
import { offerRemark } from '../../domain/customer/offer-remark.js'
import { writeRemark } from '../../domain/customer/write-remark.js'
import { setRule } from '../../domain/rule/rule.js'
import { newId } from '../../lib/ids.js'
import { type Cast, organisation } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { doEffects } from '../../test/factories/effects.js'
import { contactEvent, tellEvent } from '../../test/factories/event.js'
import { chatOnly } from '../../test/factories/outlets.js'
import { DAY, inWork, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let close: () => Promise<void> = async () => {}
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.$executeRaw`TRUNCATE touch, first_contact, contact_phone, contact_way CASCADE`
  ;({ cast } = await createChain(database.db))
})
afterEach(() => close())

async function platform(answers: Parameters<typeof serveQyapi>[0]) {
  await close()
  const api = await serveQyapi({ gettoken: [goodToken()], ...answers })
  close = api.close
  const { wecom } = clientOf(api.base, undefined, { corpId: organisation })
  return { ...api, wecom, act: (...kinds: string[]) => doEffects(cast.db, wecom, kinds, { now: NOW }) }
}

describe('the remark', () => {
  const standing = (more = {}, type = 1) => ({
    external_contact: { external_userid: 'wmRenji', name: '刘主任', type },
    follow_user: [{ userid: 'WangLei', remark: '老刘', createtime: 1_700_000_000, add_way: 1, ...more }],
  })
  async function known({ phones = ['13800002222'], remarkCompany = null as string | null } = {}) {
    const contactId = await cast.contactId('wmRenji')
    const personId = await cast.personId('wanglei')
    const where = { contactId, personId }
    await cast.db.follow.upsert({
      where: { contactId_personId: where },
      create: { ...where, since: NOW, addWay: 1, remarkCompany },
      update: { addWay: 1, remarkCompany },
    })
    await cast.db.contact.update({ where: { id: contactId }, data: { kind: 'wechat' } })
    const sealed = phones.map((phone) => sealPhone(chatOnly.phones, phone)).filter((phone) => phone !== null)
    await inWork(cast.db, (work) => keepPhones(work, { contactId, phones: sealed, source: 'call' }))
    return { contactId, actor: await cast.actor('wanglei') }
  }
  const offer = async ({ contactId, actor }: Awaited<ReturnType<typeof known>>) =>
    offerRemark(cast.db, actor, contactId, chatOnly.phones)

  it('learns a company where none stands, and a phone beside those that stand; the rep’s words are never sent', async () => {
    const it = await known()
    const offered = await offer(it)
    const { name: company } = await cast.customer('wmRenji')
    expect(offered).toEqual({ company, phones: [{ id: expect.any(String), number: '13800002222' }] })
    const phoneIds = offered?.phones.map((phone) => phone.id) ?? []
    await inWork(cast.db, (work) => writeRemark(work, it.actor, { contactId: it.contactId, company, phoneIds }))
    const { act, asksOf } = await platform({
      'externalcontact/get': [standing({ remark_mobiles: ['138 0000 1111'] })],
      'externalcontact/remark': [{}],
    })
    await act('set-remark')
    expect(asksOf('externalcontact/remark').map(({ body }) => body)).toEqual([
      {
        userid: 'wanglei',
        external_userid: 'wmRenji',
        remark_company: company,
        remark_mobiles: ['138 0000 1111', '13800002222'],
      },
    ])
    // What an app writes calls nobody back: it is not offered again all the same.
    expect(await offer(it)).toBeNull()
  })

  it('what the rep wrote meanwhile stays, and nothing is written for nothing', async () => {
    const it = await known()
    const { name: company } = await cast.customer('wmRenji')
    const phoneIds = (await offer(it))?.phones.map((phone) => phone.id) ?? []
    await inWork(cast.db, (work) => writeRemark(work, it.actor, { contactId: it.contactId, company, phoneIds }))
    const { act, asksOf } = await platform({
      'externalcontact/get': [standing({ remark_corp_name: '我自己写的', remark_mobiles: ['+86 13800002222'] })],
    })
    await act('set-remark')
    expect(asksOf('externalcontact/remark')).toEqual([])
    expect(await offer(it)).toBeNull()
  })

  it('offers no company for another company’s WeCom user, nor where one stands', async () => {
    const it = await known({ phones: [], remarkCompany: '别的公司' })
    expect(await offer(it)).toBeNull()
    const other = await known({ phones: [] })
    await cast.db.contact.update({ where: { id: other.contactId }, data: { kind: 'wecom' } })
    expect(await offer(other)).toBeNull()
  })

  it('is for whoever follows them, and only what was offered', async () => {
    const { contactId, actor } = await known()
    const stranger = await cast.actor('chenjing')
    expect(await offerRemark(cast.db, stranger, contactId, chatOnly.phones)).toBeNull()
    const write = (who: typeof actor, company: string | null, phoneIds: string[]) =>
      inWork(cast.db, (work) => writeRemark(work, who, { contactId, company, phoneIds }))
    await expect(write(stranger, null, [])).rejects.toMatchObject({ code: 'not-followed' })
    await expect(write(actor, '编的公司', [])).rejects.toMatchObject({ code: 'changed-meanwhile' })
    await expect(write(actor, null, [newId()])).rejects.toMatchObject({ code: 'changed-meanwhile' })
    expect(await cast.db.outbox.count({ where: { kind: 'set-remark' } })).toBe(0)
  })
})

describe('the welcome', () => {
  const greeted = async (answer: object) => {
    await inWork(cast.db, (work) => setRule(work, { name: 'welcome', value: '您好', by: 'system' }))
    await tellEvent(cast.db, contactEvent('add_external_contact', 'wanglei', 'wmNew', { WelcomeCode: 'W1' }))
    const api = await platform({ 'externalcontact/send_welcome_msg': [answer] })
    return { ...api, ran: await api.act('send-welcome') }
  }

  it('goes out with its code, in the words that stand by then', async () => {
    const { asksOf, ran } = await greeted({})
    expect(ran).toMatchObject([{ skipped: null }])
    expect(asksOf('externalcontact/send_welcome_msg').map(({ body }) => body)).toEqual([
      { welcome_code: 'W1', text: { content: '您好' } },
    ])
  })

  it.each([41050, 41051])('%i: there is nobody to greet any more, and nothing to mend', async (errcode) => {
    const { ran } = await greeted({ errcode, errmsg: 'no' })
    expect(ran).toMatchObject([{ skipped: null }])
  })

  it('is not sent when the administrator took it back meanwhile', async () => {
    await inWork(cast.db, (work) => setRule(work, { name: 'welcome', value: '您好', by: 'system' }))
    await tellEvent(cast.db, contactEvent('add_external_contact', 'wanglei', 'wmNew', { WelcomeCode: 'W1' }))
    await inWork(cast.db, (work) => setRule(work, { name: 'welcome', value: '', by: 'system' }))
    const { act, asked } = await platform({})
    expect(await act('send-welcome')).toMatchObject([{ skipped: 'no welcome is set' }])
    expect(asked).toEqual([])
  })
})

describe('the welcome with the picture of the code that was scanned', () => {
  const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('picture')])
  const JPG = Buffer.concat([Buffer.from('ffd8ff', 'hex'), Buffer.from('another one')])

  /** Somebody scans a code with a picture. */
  async function scans({ words = '您好', data = PNG as Buffer | null, state = '' } = {}) {
    const manager = await cast.actor('lina')
    const { id } = await inWork(cast.db, (work) =>
      createContactWay(work, manager, { label: '展会', personIds: [manager.personId] }),
    )
    const way = await cast.db.contactWay.findUniqueOrThrow({ where: { id } })
    if (data) await inWork(cast.db, (work) => setPicture(work, manager, { wayId: id, data: new Uint8Array(data) }))
    await inWork(cast.db, (work) => setRule(work, { name: 'welcome', value: words, by: 'system' }))
    await again(state || way.state, 'wmNew')
    return { id, manager, state: way.state }
  }
  const again = (state: string, who: string) =>
    tellEvent(cast.db, contactEvent('add_external_contact', 'wanglei', who, { WelcomeCode: `W-${who}`, State: state }))
  const uploaded = (media_id: string) => ({ type: 'image', media_id, created_at: '1790000000' })
  const bodies = (asks: { body: unknown }[]) => asks.map(({ body }) => body as { attachments?: unknown; text?: unknown })
  const shown = (id: string) => [{ msgtype: 'image', image: { media_id: id } }]

  it('is uploaded once, and anew before the platform forgets it', async () => {
    const { state } = await scans()
    const { act, asksOf, wecom } = await platform({
      'media/upload': [uploaded('M1'), uploaded('M2')],
      'externalcontact/send_welcome_msg': [{}],
    })
    await act('send-welcome')
    await again(state, 'wmSecond')
    await act('send-welcome')
    const sent = () => bodies(asksOf('externalcontact/send_welcome_msg')).map((body) => body.attachments)
    expect([sent(), asksOf('media/upload').length]).toEqual([[shown('M1'), shown('M1')], 1])
    expect(asksOf('media/upload')[0]?.query).toMatchObject({ type: 'image' })
    const later = new Date(NOW.getTime() + 3 * DAY - 30 * 60_000)
    await tellEvent(cast.db, contactEvent('add_external_contact', 'wanglei', 'wmThird', { WelcomeCode: 'W3', State: state }), {
      at: later,
    })
    await doEffects(cast.db, wecom, ['send-welcome'], { now: later })
    expect([sent().at(-1), asksOf('media/upload').length]).toEqual([shown('M2'), 2])
  })

  it('another picture is another upload; without one the words go alone', async () => {
    const { id, manager, state } = await scans()
    const { act, asksOf } = await platform({
      'media/upload': [uploaded('M1'), uploaded('M2')],
      'externalcontact/send_welcome_msg': [{}],
    })
    await act('send-welcome')
    await inWork(cast.db, (work) => setPicture(work, manager, { wayId: id, data: new Uint8Array(JPG) }))
    await again(state, 'wmSecond')
    await act('send-welcome')
    await inWork(cast.db, (work) => dropPicture(work, manager, id))
    await again(state, 'wmThird')
    await act('send-welcome')
    const sent = bodies(asksOf('externalcontact/send_welcome_msg')).map((body) => body.attachments)
    expect(sent).toEqual([shown('M1'), shown('M2'), undefined])
  })

  it.each([
    ['is refused', { errcode: 40009, errmsg: 'invalid image size' }],
    ['is cut off', (_req: unknown, res: { destroy(): void }) => res.destroy()],
  ])('when the upload %s, the words go without it', async (_, answer) => {
    await scans()
    const { act, asksOf } = await platform({ 'media/upload': [answer], 'externalcontact/send_welcome_msg': [{}] })
    await act('send-welcome')
    expect(bodies(asksOf('externalcontact/send_welcome_msg'))).toEqual([{ welcome_code: 'W-wmNew', text: { content: '您好' } }])
  })

  it('too little of the 20 seconds is left for it: the words go at once', async () => {
    await scans()
    const { asksOf, wecom } = await platform({ 'externalcontact/send_welcome_msg': [{}] })
    await doEffects(cast.db, wecom, ['send-welcome'], { now: new Date(NOW.getTime() + 13_000) })
    expect([asksOf('media/upload').length, asksOf('externalcontact/send_welcome_msg').length]).toEqual([0, 1])
  })

  it('the platform forgot it early: the words go, and the next welcome uploads it anew', async () => {
    const { state } = await scans()
    const { act, asksOf } = await platform({
      'media/upload': [uploaded('M1'), uploaded('M2')],
      'externalcontact/send_welcome_msg': [{}, { errcode: 40007, errmsg: 'invalid media_id' }, {}, {}],
    })
    for (const who of ['wmSecond', 'wmThird']) {
      await act('send-welcome')
      await again(state, who)
    }
    await act('send-welcome')
    const sent = bodies(asksOf('externalcontact/send_welcome_msg')).map((body) => body.attachments)
    expect(sent).toEqual([shown('M1'), shown('M1'), undefined, shown('M2')])
  })

  it('goes alone where the administrator wants no words; a code without one sends nothing then', async () => {
    await scans({ words: '' })
    const { act, asksOf } = await platform({ 'media/upload': [uploaded('M1')], 'externalcontact/send_welcome_msg': [{}] })
    await act('send-welcome')
    expect(bodies(asksOf('externalcontact/send_welcome_msg'))).toEqual([{ welcome_code: 'W-wmNew', attachments: shown('M1') }])
    await again('another code', 'wmElse')
    expect(await cast.db.outbox.count({ where: { kind: 'send-welcome', state: 'open' } })).toBe(0)
  })
})

it('a code for a channel is made with its state, once; its picture is kept', async () => {
  const manager = await cast.actor('lina')
  const personIds = [await cast.personId('wanglei'), await cast.personId('chenjing')]
  const { id } = await inWork(cast.db, (work) => createContactWay(work, manager, { label: '苏州展会', personIds }))
  const { act, asksOf } = await platform({
    'externalcontact/add_contact_way': [{ config_id: 'cfg', qr_code: 'https://p.example/qr.png' }],
  })
  await act('add-contact-way')
  const way = await cast.db.contactWay.findUniqueOrThrow({ where: { id } })
  expect(way).toMatchObject({ configId: 'cfg', qrCode: 'https://p.example/qr.png' })
  expect(asksOf('externalcontact/add_contact_way').map(({ body }) => body)).toEqual([
    { type: 2, scene: 2, remark: '苏州展会', skip_verify: true, state: way.state, user: ['wanglei', 'chenjing'] },
  ])
  // Died before it was written down: asked for again, it finds it made.
  await cast.db.outbox.updateMany({ where: { kind: 'add-contact-way' }, data: { state: 'open' } })
  expect(await act('add-contact-way')).toMatchObject([{ skipped: 'was made before' }])
})
