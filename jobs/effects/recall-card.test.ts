import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { ChannelError } from '../../channels/channel-error.js'
import { clientOf } from '../../channels/wecom/fixtures/qyapi.js'
import { answerAsk } from '../../domain/requirement/answer-ask.js'
import { correctChange } from '../../domain/requirement/correct-change.js'
import { undoChange } from '../../domain/requirement/undo-change.js'
import type { Cast } from '../../test/factories/cast.js'
import { AFTER_UNDO, createChain } from '../../test/factories/chain.js'
import { chatOnly } from '../../test/factories/outlets.js'
import { createPhone, wecomOnly } from '../../test/factories/phone.js'
import { DAY, inWork, MINUTE } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import recallCard from './recall-card.js'
import sendCard from './send-card.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let phone: ReturnType<typeof createPhone>
let change: string
let copyId: string
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  ;({ cast } = await createChain(database.db))
  phone = createPhone()
  change = await cast.captures('wmRenji')
  copyId = (await cast.askOf(change)).card.copies[0]?.id ?? ''
})

const after = (ms: number) => new Date(AFTER_UNDO.getTime() + ms)
const deps = (now: Date) => ({
  db: cast.db,
  now,
  machineNow: now,
  ...wecomOnly(phone.channel),
  wecom: clientOf('http://127.0.0.1:9').wecom,
  outlets: chatOnly,
})
/** `plain`: who reads in WeChat's plugin gets a text, which no code changes. */
async function isSent({ plain = true } = {}) {
  await database.db.person.updateMany({ where: { name: '赵强' }, data: { plainText: plain } })
  const result = await sendCard.run(deps(AFTER_UNDO), { copyId })
  if ('receipt' in result) await inWork(cast.db, async (work) => sendCard.keep?.(work, { copyId }, result.receipt), AFTER_UNDO)
}
const corrects = async (now: Date, which = change) => {
  const actor = await cast.actor('wanglei')
  return inWork(cast.db, (work) => correctChange(work, actor, which, { types: ['其他'], slots: [], note: '' }), now)
}
const asked = () => database.db.outbox.findMany({ where: { kind: 'recall-card' }, orderBy: { id: 'asc' } })
async function recall(now: Date) {
  const result = await recallCard.run(deps(now), { copyId })
  if ('receipt' in result) await inWork(cast.db, async (work) => recallCard.keep?.(work, { copyId }, result.receipt), now)
  return 'skip' in result ? result.skip : result.receipt
}

it('a text that asks for what was not meant is taken back, once it can’t be undone any more', async () => {
  await isSent()
  await corrects(after(MINUTE))
  expect(await asked()).toMatchObject([
    { payload: { copyId }, notBefore: after(MINUTE + 10_000), expiresAt: after(DAY), lane: expect.stringMatching(/^person:/) },
  ])
  expect(await recall(after(2 * MINUTE))).toEqual({ recalled: true })
  expect(phone.recalls).toHaveLength(1)
  expect(await database.db.cardCopy.findUnique({ where: { id: copyId } })).toMatchObject({ recalledAt: after(2 * MINUTE) })
  expect(await recall(after(3 * MINUTE))).toBe('nothing of it can be taken back')
})

it('withdrawn while it was on its way: it is taken back when it has arrived', async () => {
  await database.db.person.updateMany({ where: { name: '赵强' }, data: { plainText: true } })
  const result = await sendCard.run(deps(AFTER_UNDO), { copyId })
  await corrects(after(1_000))
  expect(await asked()).toEqual([])
  if ('receipt' in result) await inWork(cast.db, async (work) => sendCard.keep?.(work, { copyId }, result.receipt), after(2_000))
  expect(await asked()).toHaveLength(1)
})

it('a correction that is undone leaves it where it is', async () => {
  await isSent()
  const step = await corrects(after(MINUTE))
  const actor = await cast.actor('wanglei')
  await inWork(cast.db, (work) => undoChange(work, actor, step), after(MINUTE + 5_000))
  expect([await recall(after(2 * MINUTE)), phone.recalls]).toEqual(['it is meant again', []])
})

it('a card that has its change to make says so itself', async () => {
  await isSent({ plain: false })
  await corrects(after(MINUTE))
  expect(await asked()).toEqual([])
})

it('a card whose one change is spent is taken back like a text', async () => {
  await isSent({ plain: false })
  await database.db.cardCopy.update({ where: { id: copyId }, data: { code: null, codeUntil: null } })
  await corrects(after(MINUTE))
  expect(await asked()).toHaveLength(1)
})

it('what is over a day old stays, and so does what was answered', async () => {
  await isSent()
  await corrects(after(DAY + MINUTE))
  expect(await asked()).toEqual([])
  await database.db.cardCopy.update({ where: { id: copyId }, data: { stateAt: after(DAY) } })
  const zhao = await cast.actor('zhaoqiang')
  const [ask] = await database.db.ask.findMany({ where: { card: { copies: { some: { id: copyId } } } } })
  await database.db.ask.update({ where: { id: ask?.id ?? '' }, data: { closedAt: null, closedWhy: null } })
  await inWork(cast.db, (work) => answerAsk(work, zhao, { askId: ask?.id ?? '', verdict: 'can', note: null }), after(DAY))
  expect([await recall(after(DAY + MINUTE)), phone.recalls]).toEqual(['it is meant again', []])
})

it('too late after all is no failure; the platform’s other noes are', async () => {
  await isSent()
  await corrects(after(MINUTE))
  const refuse = (code: number) => {
    phone.before = async () => {
      throw new ChannelError({ method: 'message/recall', code, kind: 'give-up', hint: '消息已超过 24 小时，不能撤回' })
    }
  }
  refuse(42052)
  expect(await recall(after(2 * MINUTE))).toEqual({ recalled: false, why: '消息已超过 24 小时，不能撤回' })
  refuse(48001)
  await expect(recall(after(2 * MINUTE))).rejects.toMatchObject({ code: 48001 })
})
