import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { newId } from '../../lib/ids.js'
import { type Cast, quantity } from '../../test/factories/cast.js'
import { AFTER_UNDO, type Chain, createChain } from '../../test/factories/chain.js'
import { at, DAY, inWork, SECOND } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { tellStory } from '../customer/tell-story.js'
import type { Finding } from '../message/message.contract.js'
import { recordNeed } from './record-need.js'
import type { Terms } from './requirement.contract.js'

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

const found: Finding = {
  change: false,
  score: 0.2,
  types: [],
  slots: [],
  spans: [],
  need: { slots: [quantity('200 箱', null, '六角螺栓')], spans: [] },
}
const says = (finding: Finding | null = found) => cast.says('wmHuaqiang', '另外再下一单，六角螺栓200箱', { finding })
const record = async (messageId: string, by = 'wanglei') => {
  const actor = await cast.actor(by)
  return inWork(cast.db, (work) => recordNeed(work, actor, messageId))
}
async function story() {
  const actor = await cast.actor('wanglei')
  const me = { id: actor.personId, name: actor.name, roles: actor.roles, organisation: '不漏', platform: 'wecom' as const }
  return tellStory(cast.db, actor, { contactId: await cast.contactId('wmHuaqiang'), me, hears: 'archive', now: AFTER_UNDO })
}

it('opens a requirement with those terms and the words as evidence, and asks nobody', async () => {
  const message = await says()
  const id = await record(message)
  const step = await cast.db.requirementChange.findUniqueOrThrow({
    where: { id },
    include: { requirement: true, evidence: true, asks: true },
  })
  expect(step).toMatchObject({ step: 1, types: [], asks: [] })
  expect(step.requirement.title).toBe('六角螺栓 200 箱')
  expect((step.requirement.terms as Terms).items).toEqual([{ name: '六角螺栓', spec: null, qty: 200, unit: '箱' }])
  expect(step.evidence?.messages).toMatchObject([{ messageId: message, text: '另外再下一单，六角螺栓200箱' }])
  expect(await cast.db.auditEntry.count({ where: { verb: 'need-recorded', subject: `change:${id}` } })).toBe(1)
  for (const left of [cast.db.ask.count(), cast.db.card.count(), cast.db.outbox.count(), cast.db.reminder.count()])
    expect(await left).toBe(0)
})

it('is no change: not suspected, not in the morning line, and asks nobody when it is corrected either', async () => {
  const message = await says()
  expect((await story()).suggestion).toMatchObject({ types: [], slots: [] })
  expect(await cast.db.reminder.count()).toBe(0)
  const change = await record(message)
  await chain.correct(change, [quantity('250 箱', null, '六角螺栓')])
  expect(await cast.db.ask.count()).toBe(0)
  const [newest] = (await story()).requirements
  expect(newest?.terms.items[0]?.qty).toBe(250)
  expect(newest?.changes).toBe(0)
})

it('once it stands, what differs from it is a change, and colleagues are asked', async () => {
  const change = await record(await says())
  const { requirementId } = await cast.db.requirementChange.findUniqueOrThrow({ where: { id: change } })
  await cast.captures('wmHuaqiang', { requirementId, slots: [quantity('300 箱', '200 箱', '六角螺栓')] })
  expect(await cast.db.ask.count()).toBeGreaterThan(0)
})

it('is taken back within ten seconds as if it had never been, and can be recorded again', async () => {
  const message = await says()
  const before = (await story()).requirements.length
  const change = await record(message)
  expect((await story()).requirements).toHaveLength(before + 1)
  await chain.undo(change, { when: at(9 * SECOND) })
  expect((await story()).requirements).toHaveLength(before)
  await record(message)
  expect((await story()).requirements).toHaveLength(before + 1)
})

it('is recorded once, also by two screens', async () => {
  const message = await says()
  const outcomes = await Promise.allSettled([record(message), record(message)])
  expect(outcomes.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  await expect(record(message)).rejects.toMatchObject({ code: 'recorded' })
})

it('only who may read the words, only what is a need, and nothing that was taken back', async () => {
  const message = await says()
  await expect(record(message, 'chenjing')).rejects.toMatchObject({ code: 'unknown-message' })
  await expect(record(newId())).rejects.toMatchObject({ code: 'unknown-message' })
  for (const none of [await says({ ...found, need: null }), await says(null)])
    await expect(record(none)).rejects.toMatchObject({ code: 'no-need' })
  await cast.db.message.update({ where: { id: message }, data: { revokedAt: at(DAY) } })
  await expect(record(message)).rejects.toMatchObject({ code: 'unknown-message' })
})
