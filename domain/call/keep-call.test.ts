import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Db } from '../../lib/db.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { at, DAY, HOUR, inWork, MINUTE, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { contactSecrets, keepPhones, sealPhone } from '../contact/contact-phones.js'
import { pointSecrets } from '../reach/point-secrets.js'
import { setRule } from '../rule/rule.js'
import { EXTENSIONS } from './find-people.js'
import { hearPhoneCall } from './hear-phone-call.js'
import { type PhoneCall, phoneCall } from './phone-call.js'

const dataKey = 'k'.repeat(32)
const keys = { phones: contactSecrets(dataKey), points: pointSecrets(dataKey) }

let db: Db
let close: () => Promise<void>
let cast: Cast
let wanglei: string
beforeAll(async () => {
  ;({ db, close } = await freshDb())
  cast = await createCast(db)
  wanglei = await cast.personId('wanglei')
  const lina = await cast.personId('lina')
  const value = [
    { number: '8001', personId: wanglei },
    { number: '8002', personId: lina },
  ]
  await inWork(db, (work) => setRule(work, { name: EXTENSIONS, value, by: 'system' }))
})
afterAll(() => close())

let calls = 0
beforeEach(() => {
  calls += 1
})

type Told = Partial<Record<keyof PhoneCall, unknown>> & { source?: 'hook' | 'csv' }
/** A call of extension 8001 with a number, as a phone system would tell it. */
const hear = (told: Told, now = NOW) => {
  const { source = 'hook', ...fields } = told
  const given = { id: `c${calls}`, caller: '8001', callee: '13900001111', startedAt: NOW.toISOString(), seconds: 65, ...fields }
  return inWork(db, (work) => hearPhoneCall(work, keys, { ...phoneCall.parse(given), source }), now)
}
const callOf = (id: string | null) => db.call.findUniqueOrThrow({ where: { id: id ?? '' }, include: { contact: true } })
const sealed = (phone: string) => sealPhone(keys.phones, phone) as NonNullable<ReturnType<typeof sealPhone>>
const touchesOf = (contactId: string) => db.touch.findMany({ where: { contactId, source: 'call' } })

it('is with the contact who has that number, however either is written', async () => {
  const contactId = await cast.contactId('wmRenji')
  await inWork(db, (work) => keepPhones(work, { contactId, phones: [sealed('138 0000 2222')], source: 'remark' }))
  const call = await callOf(await hear({ callee: '+86-138-0000-2222' }))
  expect(call).toMatchObject({
    contactId,
    personId: wanglei,
    direction: 'out',
    outcome: 'connected',
    seconds: 65,
    source: 'hook',
  })
  expect(await touchesOf(contactId)).toMatchObject([{ personId: wanglei, at: NOW, seconds: 65, backfilled: false }])
})

it('with a number that nobody knows it makes a contact, once, so that the call is known before the add', async () => {
  const first = await callOf(await hear({ callee: '13900003333' }))
  expect(first.contact).toMatchObject({ name: '电话 139****3333', provisional: true, customerId: null })
  const contactId = first.contactId ?? ''
  expect(await db.contactPhone.findMany({ where: { contactId } })).toMatchObject([
    { source: 'call', hash: sealed('13900003333').hash },
  ])
  expect(await db.follow.findMany({ where: { contactId } })).toMatchObject([{ personId: wanglei, confirmedAt: NOW }])
  const again = await callOf(await hear({ id: 'next day', callee: '13900003333', startedAt: at(DAY).toISOString() }, at(DAY)))
  expect(again.contactId).toBe(contactId)
  expect(await touchesOf(contactId)).toHaveLength(2)
  expect(await db.firstContact.findMany({ where: { contactId } })).toMatchObject([{ source: 'call', at: NOW, personId: wanglei }])
})

it('at the same moment from two calls, it is one contact', async () => {
  const both = await Promise.all([
    hear({ id: 'a', caller: '13900004444', callee: '8001' }),
    hear({ id: 'b', callee: '13900004444' }),
  ])
  const found = await Promise.all(both.map(callOf))
  expect(new Set(found.map((call) => call.contactId)).size).toBe(1)
  expect(await db.contact.count({ where: { phones: { some: { hash: sealed('13900004444').hash } } } })).toBe(1)
})

it('nobody took it: the call is kept, and nobody is made up', async () => {
  const call = await callOf(await hear({ callee: '13900005555', seconds: 0 }))
  expect(call).toMatchObject({ contactId: null, outcome: 'missed', hash: sealed('13900005555').hash })
  expect(await db.contact.count({ where: { phones: { some: { hash: call.hash ?? '' } } } })).toBe(0)
})

it('told again it is the same call, and what was not known is filled in', async () => {
  const ringing = await hear({ callee: '13900006666', seconds: 0 })
  const done = await hear({ callee: '13900006666', seconds: 30 })
  const recorded = await hear({ callee: '13900006666', seconds: 30, recordingUrl: 'https://pbx.example.com/1.mp3' })
  expect(new Set([ringing, done, recorded]).size).toBe(1)
  const call = await callOf(recorded)
  expect(call).toMatchObject({ outcome: 'connected', seconds: 30, recordingUrl: 'https://pbx.example.com/1.mp3' })
  expect(call.contactId).not.toBeNull()
  expect(await touchesOf(call.contactId ?? '')).toHaveLength(1)
  // What is told late and out of order takes nothing back.
  await hear({ callee: '13900006666', seconds: 0 })
  expect(await callOf(recorded)).toMatchObject({ outcome: 'connected', seconds: 30 })
})

it('who of the two is ours tells the direction, whatever the system calls it', async () => {
  expect(await callOf(await hear({ caller: '13900007777', callee: '8002', direction: 'out' }))).toMatchObject({
    direction: 'in',
    personId: await cast.personId('lina'),
  })
})

it('knows a colleague by the mobile that they proved', async () => {
  const mobile = '13700001234'
  const point = {
    sealed: keys.points.seal(mobile),
    hash: keys.points.hash(mobile),
    source: 'typed',
    provedAt: NOW,
    createdAt: NOW,
  }
  await db.contactPoint.create({ data: { id: crypto.randomUUID(), personId: wanglei, channel: 'sms', ...point } })
  expect(await callOf(await hear({ caller: '+8613700001234', callee: '13900008888' }))).toMatchObject({ personId: wanglei })
})

it('is no customer’s when both are ours, and waits when neither is', async () => {
  expect(await hear({ caller: '8001', callee: '8002' })).toBeNull()
  await expect(hear({ caller: '8999', callee: '13900009999' })).rejects.toThrow('nobody-at 8999')
  expect(await db.call.count({ where: { hash: sealed('13900009999').hash } })).toBe(0)
})

it('a withheld number finds nobody and is written down as it came', async () => {
  expect(await callOf(await hear({ caller: 'anonymous', callee: '8001' }))).toMatchObject({
    ...{ contactId: null, hash: null, direction: 'in', outcome: 'connected' },
    note: '对方号码：anonymous',
  })
})

it('told of days later it is history, which starts no clock', async () => {
  const told = { callee: '13900010000', source: 'csv' as const }
  const call = await callOf(await hear(told, at(3 * DAY + HOUR)))
  const contactId = call.contactId ?? ''
  expect(await touchesOf(contactId)).toMatchObject([{ backfilled: true, at: NOW }])
  expect(await db.firstContact.count({ where: { contactId, state: 'open' } })).toBe(0)
  const late = await callOf(await hear({ id: 'late', callee: '13900010001' }, at(3 * DAY - MINUTE)))
  expect(await db.firstContact.count({ where: { contactId: late.contactId ?? '', state: 'open' } })).toBe(1)
})
