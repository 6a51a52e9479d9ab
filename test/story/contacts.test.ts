import { afterAll, beforeAll, expect, it } from 'vitest'
import { organisation } from '../factories/cast.js'
import { type Rig, startRig } from '../rig/rig.js'

/** The whole way of a contact, from the platform's word to our rows and back, with the stand-in as the platform. */
let rig: Rig
beforeAll(async () => {
  rig = await startRig()
})
afterAll(() => rig?.stop())

const DAY_MS = 24 * 3_600_000
const patience = { ms: 60_000, every: 100 }
const wanglei = { rep: 'wanglei' }

const contactOf = async (externalUserId: string) => {
  const where = { platform: 'wecom', organisation, kind: 'external', value: externalUserId }
  const identity = await rig.db.identity.findUnique({
    where: { platform_organisation_kind_value: where },
    include: { contact: { include: { follows: true, touches: true, firstContact: true, phones: true } } },
  })
  return identity?.contact ?? null
}
type Known = NonNullable<Awaited<ReturnType<typeof contactOf>>>

/** Waits until our rows say so, and gives what they say. */
const until = (externalUserId: string, isSo: (contact: Known) => boolean, what: string) =>
  rig.waitFor(
    async () => {
      const contact = await contactOf(externalUserId)
      return contact && isSo(contact) ? contact : null
    },
    { ...patience, what: `${externalUserId}: ${what}` },
  )
/** Nothing is under way: what has not come of it by now does not come. */
const rest = () =>
  rig.waitFor(
    async () => {
      const inbox = await rig.db.inbox.count({ where: { state: 'open' } })
      const outbox = await rig.db.outbox.count({ where: { state: 'open', kind: { notIn: ['set-badge', 'fetch-sms-report'] } } })
      return inbox + outbox === 0
    },
    { ...patience, what: 'everything to come to rest' },
  )

it('the first connect: everybody’s customers are here, with remarks, tags and phones, and nobody is reminded of them', async () => {
  const renji = await until('wmRenji', (contact) => contact.follows.some((follow) => follow.addWay !== null), 'followed')
  await rest()
  const { customers } = await rig.standin.state()
  expect(await rig.db.touch.count({ where: { backfilled: true } })).toBe(customers.length)
  expect(await rig.db.touch.count({ where: { backfilled: false, source: 'add' } })).toBe(0)
  expect(await rig.db.firstContact.count({ where: { state: 'open' } })).toBe(0)
  expect(await rig.db.reminder.count({ where: { kind: 'first-contact-24h' } })).toBe(0)
  expect(renji.follows[0]?.since.getTime()).toBeLessThan(Date.now() - DAY_MS)
  const group = await rig.db.group.findFirstOrThrow({ where: { chatId: 'wrRenjiSupply' }, include: { members: true } })
  expect(group.members.find((member) => member.key === 'wmRenji')).toMatchObject({ contactId: renji.id })
  expect(group.members.filter((member) => member.personId !== null)).toHaveLength(2)
  expect(await rig.db.outbox.count({ where: { state: 'failed' } })).toBe(0)
})

it('a code for a channel: who scans it is a first contact of that channel, is welcomed within seconds, and has a profile', async () => {
  const admin = rig.person('heping')
  await admin.insist('POST', '/api/admin/rules/welcome', { value: '您好，我是永固的，有事随时找我' })
  const person = await rig.db.person.findFirstOrThrow({ where: { name: '王磊' } })
  await admin.insist('POST', '/api/contact-ways', { label: '苏州展会', personIds: [person.id] })
  const way = await rig.waitFor(() => rig.db.contactWay.findFirst({ where: { configId: { not: null } } }), patience)
  const { externalUserId } = await rig.standin.addContact({
    way: way.configId ?? '',
    name: '周总',
    company: '新奥五金',
    mobiles: ['13912340001'],
    unionid: 'u-zhou',
  })
  const zhou = await until(externalUserId, (contact) => !contact.provisional && contact.firstContact !== null, 'a first contact')
  expect(zhou).toMatchObject({ name: '周总', kind: 'wechat', firstContact: { state: 'open', channel: way.state, source: 'add' } })
  expect(zhou.touches).toMatchObject([{ backfilled: false, channel: way.state }])
  await rest()
  const chat = (await rig.standin.state()).chats.find((one) => one.externalUserId === externalUserId)
  expect(chat?.messages.map((message) => message.text)).toEqual(['您好，我是永固的，有事随时找我'])
  expect(await rig.db.identity.count({ where: { kind: 'unionid', value: 'u-zhou', contactId: zhou.id } })).toBe(1)
})

it('half, then confirmed; two reps in the same second; every callback three times: one touch a pair, one first contact', async () => {
  await rig.standin.deliveries({ copies: 3 })
  const { externalUserId } = await rig.standin.addContact({ ...wanglei, name: '吴姐', half: true })
  await rig.standin.confirmContact({ ...wanglei, externalUserId })
  const [two] = await rig.standin.addContacts([
    { rep: 'wanglei', externalUserId: 'wmTwoReps', name: '两边都加' },
    { rep: 'chenjing', externalUserId: 'wmTwoReps', name: '两边都加' },
  ])
  await rig.standin.deliveries({ copies: 1 })
  expect(two?.externalUserId).toBe('wmTwoReps')
  const half = await until(externalUserId, (contact) => contact.follows[0]?.addWay != null, 'confirmed')
  const both = await until('wmTwoReps', (contact) => contact.follows.length === 2, 'followed by both')
  await rest()
  expect((await contactOf(externalUserId))?.touches).toMatchObject([{ source: 'half-add' }])
  expect((await contactOf('wmTwoReps'))?.touches).toHaveLength(2)
  expect(await rig.db.firstContact.count({ where: { contactId: { in: [half.id, both.id] } } })).toBe(2)
})

it('the deletion is told before the add that it ended: it stays ended, although the rep’s list still holds them', async () => {
  await rig.standin.deliveries({ held: true })
  const { externalUserId } = await rig.standin.addContact({ ...wanglei, name: '反悔的人' })
  await rig.standin.removeContact({ ...wanglei, externalUserId, by: 'customer' })
  await rig.standin.release({ order: 'reversed' })
  await rig.standin.deliveries({ held: false })
  await until(externalUserId, (contact) => contact.touches.length === 1 && !contact.provisional, 'told of')
  await rest()
  expect((await contactOf(externalUserId))?.follows).toMatchObject([{ endedBy: 'customer', endedAt: expect.any(Date) }])
})

it('an event that never comes: the next day finds the new customer, and the late event changes nothing', async () => {
  await rig.standin.deliveries({ held: true })
  const { externalUserId } = await rig.standin.addContact({ ...wanglei, name: '漏掉的人' })
  await rig.standin.removeContact({ ...wanglei, externalUserId: 'wmHuaqiang', by: 'rep' })
  await rest()
  expect(await contactOf(externalUserId)).toBeNull()
  await rig.standin.advanceClock(DAY_MS)
  const missed = await until(
    externalUserId,
    (contact) => !contact.provisional && contact.firstContact !== null,
    'found the next day',
  )
  expect(missed).toMatchObject({ name: '漏掉的人', firstContact: { state: 'open', source: 'add' } })
  await until('wmHuaqiang', (contact) => contact.follows.every((follow) => follow.endedBy === 'rep'), 'ended')
  await rig.standin.release()
  await rig.standin.deliveries({ held: false })
  await rest()
  expect((await contactOf(externalUserId))?.touches).toHaveLength(1)
})

it('a rep’s notes, a tag’s new name, a group’s comings and goings arrive here', async () => {
  const { ids } = await rig.standin.createTags('意向', ['想要样品'])
  const tag = ids[0] as string
  await rig.standin.editContact({
    rep: 'wanglei',
    externalUserId: 'wmRenji',
    remark: '老刘',
    tags: [tag],
    mobiles: ['13700020001', '13700020009'],
  })
  await until('wmRenji', (contact) => contact.follows.some((follow) => follow.remark === '老刘'), 'noted')
  await rig.standin.renameTag(tag, '要样品')
  await until('wmRenji', (contact) => JSON.stringify(contact.follows).includes('要样品"'), 'renamed')
  const { chatId } = await rig.standin.createGroup({ name: '新项目群', owner: 'wanglei', members: ['wanglei', 'wmRenji'] })
  const members = (count: number) =>
    rig.waitFor(
      async () => {
        const group = await rig.db.group.findFirst({ where: { chatId }, include: { members: { where: { leftAt: null } } } })
        // Two questions, and an answer may be written down between them.
        return group?.members.length === count && group.name === '新项目群' ? group : null
      },
      { ...patience, what: `${count} in the group` },
    )
  await members(2)
  await rig.standin.changeGroupMembers({ chatId, guests: [{ externalUserId: 'wmGuest1', name: '采购小李' }] })
  await members(3)
  await rig.standin.dismissGroup(chatId)
  await rig.waitFor(() => rig.db.group.findFirst({ where: { chatId, dismissedAt: { not: null } } }), patience)
  await rest()
})

it('whatever else the platform tells is kept, counted and shown to the administrator; nothing was lost on the way', async () => {
  const CreateTime = Math.floor(Date.now() / 1000)
  await rig.standin.callback({ fields: { FromUserName: 'sys', CreateTime, MsgType: 'event', Event: 'open_approval_change' } })
  await rest()
  const { body } = await rig.person('heping').insist('GET', '/api/admin/platform')
  expect(body).toMatchObject({
    unheard: [{ source: 'wecom', event: 'open-approval-change', count: 1 }],
    sync: { lastAt: expect.any(String), waiting: 0, why: null },
  })
  expect(await rig.db.inbox.count({ where: { state: 'parked' } })).toBe(0)
  expect(
    await rig.db.outbox.findMany({
      where: { state: { in: ['failed', 'unknown', 'expired'] } },
      select: { kind: true, reason: true },
    }),
  ).toEqual([])
})
