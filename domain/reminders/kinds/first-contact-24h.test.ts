import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadDefinitions } from '../../../bot-server/definitions.js'
import { formatClock, shanghaiDay } from '../../../lib/format/dates.js'
import type { Cast } from '../../../test/factories/cast.js'
import { createChain } from '../../../test/factories/chain.js'
import { setCalm } from '../../../test/factories/ladders.js'
import { createNewcomers } from '../../../test/factories/newcomers.js'
import { at, DAY, HOUR, inWork, MINUTE, NOW } from '../../../test/factories/work.js'
import { freshDb } from '../../../test/setup/db.js'
import { drawCard } from '../../card/draw-card.js'
import { sayNotCustomer } from '../../first-contact/say-not-customer.js'
import { countBadge } from '../find-waiting.js'
import { listReminders } from '../list-reminders.js'

// NOW is a Monday at 10:00; working hours are 09:00 to 18:00.
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

const shanghai = (when: string) => new Date(`${when}+08:00`)
/** When whom was told of it, and by which card: 「Mon 14:00 王磊 reminder」. */
async function told(external: string): Promise<string[]> {
  const { id } = await news.first(external)
  const notices = await cast.db.notice.findMany({
    where: { reminder: { subject: `first-contact:${id}` }, state: 'said' },
    include: { person: true, card: true },
    orderBy: [{ sayAt: 'asc' }, { id: 'asc' }],
  })
  return notices.map((one) => `${shanghaiDay(one.sayAt)} ${formatClock(one.sayAt)} ${one.person.name} ${one.card?.kind}`)
}
/** Every quarter of an hour somebody looks. */
async function passes(until: Date, from = NOW): Promise<void> {
  for (let now = from; now <= until; now = at(15 * MINUTE, now)) await news.says(now)
}
const cards = async (userid: string) =>
  cast.db.cardCopy.findMany({
    where: { personId: await cast.personId(userid) },
    include: { card: true },
    orderBy: { id: 'asc' },
  })
const drawn = async (userid: string, now: Date) => {
  const last = (await cards(userid)).at(-1)
  return last ? drawCard(cast.db, last.card, now) : null
}

describe('a new contact of whom nobody says what they are', () => {
  it('is on the page at once, on a card after four working hours and four hours before the end; then the lead reads of it', async () => {
    await news.adds('wmNew', { channel: '展会' })
    const wang = await cast.actor('wanglei')
    expect((await listReminders(cast.db, wang, { show: 'mine', after: null, now: NOW })).rows).toMatchObject([
      { kind: 'first-contact-24h', title: '新客户「新联系人」还没建商机', page: { path: '/h5/new-contacts' } },
    ])
    await passes(at(2 * DAY))
    const [first, second, third] = await told('wmNew')
    expect(first).toBe('2026-11-23 14:00 王磊 reminder')
    // 20 hours are over at 06:00: what falls into the quiet hours waits for their end, and the lead's time counts from there.
    expect(second).toMatch(/^2026-11-24 08:\d\d 王磊 reminder$/)
    expect(third).toMatch(/^2026-11-24 17:4\d 李娜 digest$/)
    expect(await countBadge(cast.db, wang, at(2 * DAY))).toBe(1)
  })

  it('pauses on days off', async () => {
    const friday = shanghai('2026-11-27T16:30')
    await news.adds('wmNew', { at: friday })
    await passes(shanghai('2026-11-30T18:00'), friday)
    expect(await told('wmNew')).toEqual([
      '2026-11-30 11:30 王磊 reminder',
      '2026-11-30 12:30 王磊 reminder',
      expect.stringMatching(/^2026-11-30 17:4\d 李娜 digest$/),
    ])
  })

  it('is said once when all of it came late: the last level whose time has come', async () => {
    await news.adds('wmNew')
    await news.says(at(23 * HOUR))
    expect(await told('wmNew')).toEqual(['2026-11-24 09:00 王磊 reminder'])
    expect(await drawn('wanglei', at(23 * HOUR))).toMatchObject({ title: '新客户「新联系人」只剩 4 小时了' })
  })

  it('after an outage of days the rep hears first, and has four hours before the lead', async () => {
    await news.adds('wmNew')
    // The machines were off; the clock has jumped past the end of the ladder.
    const back = at(2 * DAY + HOUR)
    await passes(at(3 * HOUR, back), back)
    expect(await told('wmNew')).toEqual(['2026-11-25 11:00 王磊 reminder'])
    expect(await drawn('wanglei', back)).toMatchObject({ title: '新客户「新联系人」只剩 4 小时了' })
    await passes(at(3 * DAY, back), at(3 * HOUR, back))
    expect(await told('wmNew')).toEqual([
      '2026-11-25 11:00 王磊 reminder',
      expect.stringMatching(/^2026-11-25 17:\d\d 李娜 digest$/),
    ])
  })

  it('is not said any more once there is a reason', async () => {
    await news.adds('wmNew')
    const [{ id }, wang] = [await news.first('wmNew'), await cast.actor('wanglei')]
    await inWork(cast.db, (work) => sayNotCustomer(work, wang, { id }), at(HOUR))
    await passes(at(2 * DAY))
    expect(await told('wmNew')).toEqual([])
    expect(await cast.db.cardCopy.count()).toBe(0)
  })
})

describe('several of one rep', () => {
  it('stand on one card, those too whose four hours are over a little later', async () => {
    for (let i = 0; i < 9; i++) await news.adds(`wm${i}`, { at: at(i * 10 * MINUTE) })
    await passes(at(6 * HOUR))
    const own = await cards('wanglei')
    expect(own.map(({ card }) => card.kind)).toEqual(['new-contacts'])
    expect(await told('wm0')).toEqual(['2026-11-23 14:00 王磊 new-contacts'])
    expect(await told('wm8')).toEqual(['2026-11-23 15:30 王磊 new-contacts'])
    const card = await drawn('wanglei', at(4 * HOUR))
    expect(card).toMatchObject({ title: '有 9 位新客户还没建商机', page: '/h5/new-contacts', buttons: [] })
    expect(card?.desc).toBe('最早的一位11月24日 周二 10:00 前要有着落')
    expect(card?.fields).toHaveLength(6)
  })

  it('one that came after the card has another', async () => {
    for (const external of ['wm1', 'wm2']) await news.adds(external)
    await passes(at(4 * HOUR + 10 * MINUTE))
    await news.adds('wm3', { at: at(4 * HOUR + 20 * MINUTE) })
    await passes(at(8 * HOUR + 5 * HOUR + DAY), at(4 * HOUR + 20 * MINUTE))
    expect((await told('wm3'))[0]).toMatch(/new-contacts$/)
    const mine = (await cards('wanglei')).filter(({ card }) => card.kind === 'new-contacts')
    expect(mine.length).toBeGreaterThan(1)
  })

  it('two are the lead’s digest, the third is a card', async () => {
    for (const external of ['wm1', 'wm2']) await news.adds(external)
    await news.adds('wm3', { at: at(26 * HOUR) })
    await passes(at(DAY + 9 * HOUR))
    expect((await cards('lina')).map(({ card }) => card.kind)).toEqual(['digest'])
    await passes(at(3 * DAY), at(DAY + 9 * HOUR))
    expect((await cards('lina')).map(({ card }) => card.kind)).toEqual(['digest', 'late-contacts'])
    expect(await drawn('lina', at(3 * DAY))).toMatchObject({ title: '王磊有 3 位新客户超过 24 小时没建商机' })
  })

  it('of two reps are nobody’s third', async () => {
    for (const [i, by] of ['wanglei', 'chenjing', 'wanglei', 'chenjing'].entries()) await news.adds(`wm${i}`, { by })
    await passes(at(2 * DAY))
    expect((await cast.db.card.findMany({ where: { kind: 'late-contacts' } })).length).toBe(0)
  })
})

it('of a customer of tier A the lead has a card at once', async () => {
  await news.adds('wmNew')
  const customer = await cast.customer('wmRenji')
  await cast.db.customer.update({ where: { id: customer.id }, data: { tier: 'A' } })
  await cast.db.contact.update({ where: { id: await cast.contactId('wmNew') }, data: { customerId: customer.id } })
  await passes(at(2 * DAY))
  expect((await told('wmNew')).at(-1)).toMatch(/^2026-11-24 12:\d\d 李娜 reminder$/)
})

it('in the trial managers are only noted', async () => {
  await setCalm(cast.db, { trialDays: 14 })
  await cast.db.organisation.update({ where: { id: 1 }, data: { since: at(-DAY) } })
  await news.adds('wmNew')
  await passes(at(2 * DAY))
  expect(await told('wmNew')).toHaveLength(2)
  expect(await cast.db.notice.count({ where: { state: 'would' } })).toBe(1)
})

it('a press on the card is the same act: 建商机, and the card says so', async () => {
  const { actions } = await loadDefinitions()
  await news.adds('wmNew')
  await news.says(at(4 * HOUR))
  const card = await drawn('wanglei', at(4 * HOUR))
  expect(card?.buttons.map(({ label }) => label)).toEqual(['建商机', '不是客户', '先养一周', '1小时后', '明早再说', '转给…'])
  const [copy] = await cards('wanglei')
  const subjectId = copy?.card.subject.slice('reminder:'.length) ?? ''
  const [wang, { id }] = [await cast.actor('wanglei'), await news.first('wmNew')]
  const press = (name: string) =>
    inWork(cast.db, async (work) => actions.get(name)?.run({ work, actor: wang }, { subjectId, note: null }), at(5 * HOUR))
  expect(await press('make-opportunity')).toBe(true)
  expect(await cast.db.firstContact.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'opportunity' })
  expect(await drawn('wanglei', at(5 * HOUR))).toMatchObject({ settled: '新联系人：已建商机「新联系人」' })
  expect(await press('not-customer')).toBe(false)
})
