import { afterAll, beforeAll, expect, it } from 'vitest'
import type { FirstContactList } from '../../domain/first-contact/first-contact.contract.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import { type Rig, startRig } from '../rig/rig.js'

/**
 * The team that missed one new customer in three because the trigger knew one source: here the add, the words and the call
 * each find them. The rig's first day is a Monday, 10:00.
 */
let rig: Rig
beforeAll(async () => {
  rig = await startRig()
})
afterAll(() => rig?.stop())

const HOUR = 3_600_000
const patience = { ms: 60_000, every: 100 }
const KIND = 'first-contact-24h'
const waits = (what: string, look: () => Promise<boolean>) => rig.waitFor(look, { ...patience, what })

const names = ['周总', '吴姐', '老郑']
const rep = 'wanglei'
let people: string[] = []
const open = () => rig.db.firstContact.findMany({ where: { state: 'open' }, include: { contact: true, person: true } })
const clocks = () => rig.db.reminder.findMany({ where: { kind: KIND, state: 'open' } })
const list = async (userid: string) => (await rig.person(userid).insist('GET', '/api/first-contacts')).body as FirstContactList
const cardsOf = async (userid: string) => (await rig.standin.state()).cards.filter((card) => card.userid === userid)
const lastCard = (userid: string, words: string) =>
  rig.waitFor(async () => (await cardsOf(userid)).findLast(({ card }) => JSON.stringify(card).includes(words)) ?? null, {
    ...patience,
    what: `a card: ${words}`,
  })

it('three people, met in the same minute while no event gets through: whoever spoke or called is found all the same', async () => {
  // The first look at everybody's customers is over: it would find these three too.
  await waits('the first sync', async () => {
    const backfilled = await rig.db.touch.count({ where: { backfilled: true } })
    const outbox = await rig.db.outbox.count({ where: { state: 'open', kind: { notIn: ['set-badge', 'fetch-sms-report'] } } })
    return backfilled > 0 && outbox === 0 && (await rig.db.inbox.count({ where: { state: 'open' } })) === 0
  })
  await rig.standin.deliveries({ held: true })
  const added = await rig.standin.addContacts(names.map((name) => ({ rep, name })))
  people = added.map(({ externalUserId }) => externalUserId)
  const [zhou = '', wu = '', zheng = ''] = people
  await rig.standin.customerSays({ rep, externalUserId: wu, text: '你好，想问下电机的价格' })
  await rig.standin.call({ rep, externalUserId: zheng, seconds: 65 })
  // No event rings for the archive either: somebody looks at a chat.
  const { contactId } = await rig.db.identity.findFirstOrThrow({ where: { kind: 'external', value: 'wmRenji' } })
  await rig.person(rep).insist('POST', `/api/chats/${contactId}/pull`)
  const isFound = (value: string) =>
    rig.db.firstContact.count({ where: { state: 'open', contact: { identities: { some: { value } } } } })
  await waits('both of them', async () => (await isFound(wu)) + (await isFound(zheng)) === 2)
  expect(await isFound(zhou)).toBe(0)
  expect(await clocks()).toHaveLength(2)
})

it('the events come, late and turned round: one clock each, from the add on', async () => {
  await rig.standin.deliveries({ held: true, copies: 2 })
  await rig.standin.release({ order: 'reversed' })
  await rig.standin.deliveries({ held: false, copies: 1 })
  await waits('three names', async () => (await open()).filter(({ contact }) => names.includes(contact.name)).length === 3)
  await waits('three adds', async () => (await open()).every(({ source }) => source === 'add'))
  expect(await clocks()).toHaveLength(3)
  const added = await rig.db.touch.count({ where: { source: 'add', backfilled: false, contact: { name: { in: names } } } })
  expect(added).toBe(3)
  expect((await list(rep)).rows.map(({ name }) => name).sort()).toEqual([...names].sort())
})

it('four working hours later one card lists them', async () => {
  await rig.standin.advanceClock(4 * HOUR)
  const { card } = await lastCard(rep, '有 3 位新客户还没建商机')
  for (const name of names) expect(JSON.stringify(card)).toContain(name)
  expect(await cardsOf(rep)).toHaveLength(1)
})

it('two are decided with a tap each; the third rings on the next morning, and its card makes the opportunity', async () => {
  const [zhou, wu] = (await list(rep)).rows.filter(({ name }) => name !== '老郑')
  const wang = rig.person(rep)
  const { now } = (await rig.standin.state()).clock
  const until = shanghaiDay(Date.parse(now) + 7 * 24 * HOUR)
  expect((await wang.insist('POST', `/api/first-contacts/${zhou?.id}/not-customer`)).status).toBe(200)
  expect((await wang.insist('POST', `/api/first-contacts/${wu?.id}/nurture`, { until })).status).toBe(200)
  expect(await clocks()).toHaveLength(1)
  await rig.standin.advanceClock(19 * HOUR)
  const card = await lastCard(rep, '新客户「老郑」只剩 4 小时了')
  await rig.standin.press({ userid: rep, taskId: card.taskId, key: 'make-opportunity' })
  await waits('the card says so', async () =>
    (await cardsOf(rep)).some(({ taskId, replaced }) => taskId === card.taskId && replaced?.includes('已建商机')),
  )
  expect(await rig.db.opportunity.findMany()).toMatchObject([{ title: '老郑', source: 'add', undoneAt: null }])
  expect(await clocks()).toHaveLength(0)
  expect((await list(rep)).total).toBe(0)
})

it('who was to wait comes back on that day', async () => {
  await rig.standin.advanceClock(7 * 24 * HOUR)
  await waits('the clock of 先养着', async () => (await clocks()).length === 1)
  expect((await list(rep)).rows).toMatchObject([{ state: 'open' }])
})

it('nobody says anything about them: the rep is told first, then their lead reads of it with the next digest', async () => {
  const [waiting] = await open()
  await lastCard(rep, `新客户「${waiting?.contact.name}」只剩 4 小时了`)
  await rig.standin.advanceClock(2 * 24 * HOUR)
  await waits('a digest', async () => (await rig.db.notice.count({ where: { state: 'waiting', why: 'digest' } })) === 1)
  expect(JSON.stringify(await cardsOf('lina'))).not.toContain('24 小时没建商机')
  await rig.standin.advanceClock(4 * HOUR)
  await lastCard('lina', '24 小时没建商机')
})
