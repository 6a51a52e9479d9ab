import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Cast, organisation } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { createNewcomers, phones } from '../../test/factories/newcomers.js'
import { at, DAY, HOUR, inWork, MINUTE, NOW, SECOND } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { keepPhones, sealPhone } from '../contact/contact-phones.js'
import { sayNotCustomer } from '../first-contact/say-not-customer.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let news: ReturnType<typeof createNewcomers>
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  ;({ cast } = await createChain(database.db))
  news = createNewcomers(cast)
})

const brief = async () =>
  (await news.firsts()).map(
    (one) => `${one.state} ${one.source} ${one.person.name} +${(one.at.getTime() - NOW.getTime()) / 1000}`,
  )
const touches = () => cast.db.touch.count()

describe('the first touch with somebody', () => {
  it('starts one clock, with its source, channel, rep and time', async () => {
    await news.adds('wmNew', { channel: 'expo-1' })
    const first = await news.first('wmNew')
    expect(first).toMatchObject({ state: 'open', source: 'add', channel: 'expo-1', at: NOW, heardAt: NOW })
    expect(first.personId).toBe(await cast.personId('wanglei'))
    expect(await news.clock(first.id)).toMatchObject({ personId: first.personId, startedAt: NOW, level: 0 })
  })

  it('half-add followed by add is one contact and one clock, from the half-add on', async () => {
    await news.adds('wmNew', { half: true })
    await news.adds('wmNew', { at: at(HOUR) })
    expect(await brief()).toEqual(['open half-add 王磊 +0'])
    expect(await touches()).toBe(2)
    expect(await news.clocks()).toHaveLength(1)
  })

  it('two reps adding somebody in the same second are one clock and two touches, whoever is heard first', async () => {
    await Promise.all([
      news.adds('wmNew', { by: 'wanglei' }),
      news.adds('wmNew', { by: 'chenjing' }),
      news.adds('wmNew', { by: 'wanglei' }),
    ])
    expect(await news.firsts()).toHaveLength(1)
    expect(await touches()).toBe(2)
    expect(await news.clocks()).toHaveLength(1)
  })

  it('different people added in the same second are a clock each', async () => {
    await Promise.all(['wm1', 'wm2', 'wm3', 'wm4'].map((external) => news.adds(external)))
    expect(await news.clocks()).toHaveLength(4)
  })

  it('a chat before the profile arrives counts, and the profile changes nothing', async () => {
    await news.chats('wmNew')
    const first = await news.first('wmNew')
    expect(first).toMatchObject({ state: 'open', source: 'chat' })
    await news.learns('wmNew', { unionid: 'o-1', number: '13800001111' })
    expect(await brief()).toEqual(['open chat 王磊 +0'])
    expect(await news.clock(first.id)).not.toBeNull()
  })

  it('words note one touch for each rep, however many there are', async () => {
    for (const second of [0, 1, 2]) await news.chats('wmNew', { at: at(second * SECOND) })
    await news.chats('wmNew', { by: 'chenjing', at: at(MINUTE) })
    expect(await touches()).toBe(2)
    expect(await news.clocks()).toHaveLength(1)
  })

  it('words pasted by a rep prove nothing', async () => {
    await news.learns('wmNew', {})
    await cast.says('wmNew', '我说他说的', { source: 'paste' })
    expect(await touches()).toBe(0)
  })
})

describe('told out of order, late or twice', () => {
  it('an earlier touch that is heard later is the first, and the clock counts from it', async () => {
    await news.adds('wmNew', { by: 'chenjing', at: at(10 * MINUTE) })
    await news.adds('wmNew', { by: 'wanglei', heardAt: at(11 * MINUTE) })
    expect(await brief()).toEqual(['open add 王磊 +0'])
    expect(await news.clocks()).toMatchObject([{ personId: await cast.personId('wanglei'), startedAt: NOW }])
  })

  it('once somebody was told it is theirs, with the hours that they were told; it is counted from the earlier touch', async () => {
    await news.adds('wmNew', { by: 'chenjing', at: at(10 * MINUTE) })
    await news.says(at(5 * HOUR))
    const { id } = await news.first('wmNew')
    const before = await news.clock(id)
    await news.adds('wmNew', { by: 'wanglei', channel: '展会', heardAt: at(5 * HOUR) })
    expect(await news.first('wmNew')).toMatchObject({ at: NOW, source: 'add', channel: '展会' })
    expect(await brief()).toEqual(['open add 陈静 +0'])
    expect(await news.clock(id)).toEqual(before)
    // Nobody is told twice, and who met them first sees them and may say what they are.
    await news.says(at(6 * HOUR))
    expect(await news.told()).toEqual(['0 陈静 reminder'])
    const wang = await cast.actor('wanglei')
    expect(await inWork(cast.db, (work) => sayNotCustomer(work, wang, { id }), at(6 * HOUR))).toMatchObject({
      state: 'not_customer',
    })
    expect(await news.clock(id)).toBeNull()
  })

  it('what waited for a digest was told to nobody yet', async () => {
    await news.adds('wmNew', { by: 'chenjing', at: at(10 * MINUTE) })
    await news.says(at(5 * HOUR))
    await cast.db.notice.updateMany({ data: { state: 'waiting', why: 'cap', cardId: null } })
    await news.adds('wmNew', { by: 'wanglei', heardAt: at(5 * HOUR) })
    expect(await brief()).toEqual(['open add 王磊 +0'])
    expect(await cast.db.notice.count()).toBe(0)
  })

  it('a callback repeated by the platform is nothing', async () => {
    for (const minutes of [0, 1, 2]) await news.adds('wmNew', { heardAt: at(minutes * MINUTE) })
    expect(await touches()).toBe(1)
    expect((await news.first('wmNew')).heardAt).toEqual(NOW)
  })

  it('heard more than an hour late, the rep’s time counts from then; the contact’s own time stays', async () => {
    await news.adds('wmNew', { heardAt: at(30 * HOUR) })
    const first = await news.first('wmNew')
    expect(first).toMatchObject({ at: NOW, heardAt: at(30 * HOUR) })
    expect(await news.clock(first.id)).toMatchObject({ startedAt: at(30 * HOUR) })
  })

  it('a scan that followed a call says by which channel they came', async () => {
    await news.calls('13800001111')
    await news.adds('wmNew', { at: at(HOUR), channel: 'expo-1' })
    await news.learns('wmNew', { number: '13800001111' })
    expect(await news.first('wmNew')).toMatchObject({ source: 'call', channel: 'expo-1', at: NOW })
  })
})

describe('a call before the add', () => {
  it('is a clock of its own until the number is known to be theirs; then the earlier stays', async () => {
    await news.calls('13800001111', { by: 'chenjing' })
    await news.adds('wmNew', { at: at(HOUR) })
    expect(await news.clocks()).toHaveLength(2)
    const contactId = await news.learns('wmNew', { number: '138 0000 1111', at: at(2 * HOUR) })
    expect(contactId).toBe(await cast.contactId('wmNew'))
    expect(await brief()).toEqual(['open call 陈静 +0', 'merged add 王磊 +3600'])
    expect(await news.clocks()).toHaveLength(1)
    expect(await news.first('wmNew')).toMatchObject({ source: 'call' })
  })

  it('by two reps to one new number at once makes one person', async () => {
    await Promise.all(['wanglei', 'chenjing'].map((by) => news.calls('13800001111', { by })))
    expect(await news.clocks()).toHaveLength(1)
  })

  it('to a number that a remark knew already is a touch of that contact', async () => {
    await news.adds('wmNew')
    await news.learns('wmNew', { number: '13800001111' })
    await news.calls('13800001111', { at: at(HOUR) })
    expect(await brief()).toEqual(['open add 王磊 +0'])
  })
})

describe('history', () => {
  const replay = async () => {
    for (let i = 0; i < 40; i++)
      await news.adds(`wmOld${i}`, {
        at: at(-i * 10 * DAY - HOUR),
        heardAt: at(MINUTE),
        backfilled: true,
        by: i % 2 ? 'wanglei' : 'chenjing',
      })
  }

  it('read on the first connection starts no clock, and later touches of those contacts neither', async () => {
    await replay()
    await cast.says('wmOld3', '在吗', { at: at(HOUR) })
    await news.adds('wmOld4', { by: 'wanglei', at: at(2 * HOUR) })
    expect(await news.firsts()).toEqual([])
    expect(await news.clocks()).toEqual([])
    expect(await cast.db.cardCopy.count()).toBe(0)
  })

  it('read after their words were heard closes what those had begun, without a word to anybody', async () => {
    for (let i = 0; i < 40; i++)
      await news.chats(`wmOld${i}`, { at: at(-i * MINUTE), heardAt: NOW, by: i % 2 ? 'wanglei' : 'chenjing' })
    expect(await news.clocks()).toHaveLength(40)
    await replay()
    expect(await news.clocks()).toEqual([])
    await news.says(at(2 * DAY))
    expect(await cast.db.cardCopy.count()).toBe(0)
  })

  it('that is told as it happens is news: the callback had waited while the history was read', async () => {
    await news.adds('wmNew', { backfilled: true })
    expect(await news.clocks()).toEqual([])
    await news.adds('wmNew', { heardAt: at(MINUTE) })
    expect(await brief()).toEqual(['open add 王磊 +0'])
    expect(await news.clocks()).toHaveLength(1)
  })

  it('also news when a chat had begun it and the history closed it', async () => {
    await news.chats('wmNew', { at: at(MINUTE) })
    await news.adds('wmNew', { backfilled: true, heardAt: at(2 * MINUTE) })
    expect(await news.clocks()).toEqual([])
    await news.adds('wmNew', { heardAt: at(3 * MINUTE) })
    expect(await brief()).toEqual(['open add 王磊 +0'])
    expect(await news.clocks()).toHaveLength(1)
  })

  it('is also what an older release heard', async () => {
    const contactId = await inWork(cast.db, async (work) => {
      const id = '0198a000-0000-7000-8000-000000000001'
      await work.tx.contact.create({ data: { id, name: '老徐', createdAt: at(-30 * DAY) } })
      await work.tx.identity.create({ data: { id, ...news.as('wmBefore'), contactId: id } })
      return id
    })
    const said = { source: 'archive', speaker: 'customer', text: '早', personId: await cast.personId('wanglei') }
    await cast.db.message.create({ data: { id: contactId, contactId, sourceKey: 'old', saidAt: at(-20 * DAY), ...said } })
    await cast.says('wmBefore', '在吗')
    expect(await news.clocks()).toEqual([])
  })
})

describe('somebody who belongs to a customer that we know', () => {
  it('by the company in the rep’s remark: the clock stops, and joining is proposed', async () => {
    await news.adds('wmNew')
    const first = await news.first('wmNew')
    const customer = await cast.customer('wmRenji')
    await news.learns('wmNew', { company: ` ${customer.name}有限公司` })
    expect(await news.first('wmNew')).toMatchObject({ state: 'known', proposedCustomerId: customer.id, proposedWhy: 'company' })
    expect(await news.clock(first.id)).toBeNull()
  })

  it('by the company that the platform’s profile names', async () => {
    await news.adds('wmNew')
    await news.learns('wmNew', { corpName: (await cast.customer('wmJinhai')).name })
    expect(await news.first('wmNew')).toMatchObject({ state: 'known', proposedWhy: 'company' })
  })

  it('by the number of somebody there', async () => {
    const phone = sealPhone(phones, '13900002222')
    const contactId = await cast.contactId('wmRenji')
    if (phone) await inWork(cast.db, (work) => keepPhones(work, { contactId, phones: [phone], source: 'import' }))
    await news.adds('wmNew')
    await news.learns('wmNew', { number: '13900002222' })
    expect(await news.first('wmNew')).toMatchObject({ state: 'known', proposedWhy: 'phone' })
    expect(await cast.db.contactMerge.count()).toBe(0)
  })

  it('by a group that is tied to them', async () => {
    await news.adds('wmNew')
    const [contactId, customer] = [await cast.contactId('wmNew'), await cast.customer('wmRenji')]
    await cast.db.group.create({
      data: {
        ...{ id: contactId, platform: 'wecom', organisation, chatId: 'wr1', name: '群', createdAt: NOW, customerId: customer.id },
        members: { create: { id: contactId, key: 'external:wmNew', contactId, joinedAt: NOW } },
      },
    })
    await news.learns('wmNew', {})
    expect(await news.first('wmNew')).toMatchObject({ state: 'known', proposedWhy: 'group' })
    expect(await news.clocks()).toEqual([])
  })

  it('not by a name that is only like theirs', async () => {
    await news.adds('wmNew')
    await news.learns('wmNew', { company: `广州${(await cast.customer('wmRenji')).name}` })
    expect(await news.first('wmNew')).toMatchObject({ state: 'open' })
  })

  it('and somebody at a customer all along starts none', async () => {
    await cast.says('wmRenji', '早')
    expect(await news.clocks()).toEqual([])
  })
})
