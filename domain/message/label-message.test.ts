import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Cast } from '../../test/factories/cast.js'
import { type Chain, createChain } from '../../test/factories/chain.js'
import { at, HOUR, inWork, NOW, SECOND } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { drawCard } from '../card/draw-card.js'
import { tellStory } from '../customer/tell-story.js'
import { sayDue } from '../reminders/say-due.js'
import { revokeMessage } from './hear-message.js'
import { labelMessage } from './label-message.js'
import { listLabels } from './list-labels.js'
import type { Finding } from './message.contract.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let chain: Chain
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  ;({ cast, chain } = await createChain(database.db))
})

const found = (score = 0.95): Finding => ({ change: true, score, types: ['功能增减'], slots: [], spans: [] })
/** Tuesday 08:30 in Shanghai, when all morning cards have left: NOW is the Monday before. */
const TUESDAY = new Date('2026-11-24T00:30:00Z')

const label = async (messageId: string, change: boolean, by = 'wanglei') => {
  const actor = await cast.actor(by)
  return inWork(cast.db, (work) => labelMessage(work, actor, { messageId, change }))
}
async function story() {
  const actor = await cast.actor('wanglei')
  const me = { id: actor.personId, name: actor.name, roles: actor.roles, organisation: '不漏', platform: 'wecom' as const }
  return tellStory(cast.db, actor, { contactId: await cast.contactId('wmRenji'), me, hears: 'archive', now: NOW })
}
/** The morning card of 王磊, or null when there is nothing to say. */
async function morning(now = TUESDAY) {
  await inWork(cast.db, (work) => sayDue(work), now)
  const card = await cast.db.card.findFirst({ where: { kind: 'uncaptured' }, include: { copies: true } })
  return card && { copies: card.copies.length, drawn: await drawCard(cast.db, card, now) }
}

it('a finding that a rep calls no change is left out of the sheet, and can be called one again', async () => {
  const message = await cast.says('wmRenji', '数量加到300套', { finding: found() })
  expect((await story()).suggestion).toMatchObject({ messageIds: [message], types: ['功能增减'] })
  await label(message, false)
  expect((await story()).suggestion).toMatchObject({ messageIds: [], types: [] })
  await label(message, true)
  const { suggestion, messages } = await story()
  expect(suggestion.messageIds).toEqual([message])
  expect(messages.at(-1)?.label).toBe(true)
})

it('keeps the question as it was understood, one line a message and person', async () => {
  await cast.says('wmRenji', '上次说200套', { at: at(-HOUR) })
  const message = await cast.says('wmRenji', '数量加到300套', { finding: found() })
  await label(message, true)
  await label(message, false)
  const [kept, ...others] = await listLabels(cast.db)
  expect(others).toEqual([])
  expect(kept).toMatchObject({ id: message, text: '数量加到300套', change: false, today: '2026-11-23' })
  expect(kept).toMatchObject({ context: [{ speaker: 'customer', text: '上次说200套' }], deal: { items: [{ name: '锁定钢板' }] } })
})

it('only who may read a message may call it anything', async () => {
  const message = await cast.says('wmRenji', '数量加到300套', { finding: found() })
  await expect(label(message, false, 'chenjing')).rejects.toMatchObject({ code: 'unknown-message' })
  const own = await cast.says('wmRenji', '好的', { speaker: 'rep' })
  await expect(label(own, true)).rejects.toMatchObject({ code: 'unknown-message' })
})

it('what was said and not captured is a line on the next working morning, two at most, on one card', async () => {
  await cast.says('wmRenji', '数量加到300套', { finding: found(0.91) })
  await cast.says('wmHuaqiang', '交期提前到下周三', { finding: found(0.99) })
  await cast.says('wmHuaqiang', '再便宜点', { finding: found(0.95) })
  expect(await morning(at(6 * HOUR))).toBeNull()
  const card = await morning()
  expect(card?.copies).toBe(1)
  expect(card?.drawn?.fields).toEqual([
    { label: '华强五金', value: '交期提前到下周三' },
    { label: '华强五金', value: '再便宜点' },
  ])
})

it('says nothing of what is unsure, was fetched later as history, or was pasted by the rep', async () => {
  await cast.says('wmRenji', '可能要改', { finding: found(0.6) })
  await cast.says('wmRenji', '数量加到300套', { finding: found(), source: 'paste' })
  expect(await morning()).toBeNull()
})

it('a capture, a denial or a recall ends it; an undo brings it back', async () => {
  const captured = await cast.says('wmRenji', '数量加到300套', { finding: found() })
  const denied = await cast.says('wmRenji', '改天聊', { finding: found() })
  const revoked = await cast.says('wmRenji', '发错了', { finding: found() })
  const change = await cast.captures('wmRenji', { messageIds: [captured] })
  await label(denied, false)
  const { sourceKey } = await cast.db.message.findUniqueOrThrow({ where: { id: revoked } })
  await inWork(cast.db, (work) => revokeMessage(work, sourceKey))
  expect(await cast.db.reminder.count({ where: { kind: 'uncaptured-change', state: 'open' } })).toBe(0)
  await chain.undo(change, { when: at(5 * SECOND) })
  expect((await morning())?.drawn?.fields).toEqual([{ label: '仁济骨科医院', value: '数量加到300套' }])
})

it('a card that was captured meanwhile need not be said', async () => {
  const message = await cast.says('wmRenji', '数量加到300套', { finding: found() })
  expect((await morning())?.drawn).not.toBeNull()
  await cast.captures('wmRenji', { messageIds: [message], at: TUESDAY })
  expect((await morning())?.drawn).toBeNull()
})
