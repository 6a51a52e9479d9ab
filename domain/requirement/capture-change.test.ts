import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sha256 } from '../../lib/ids.js'
import { type Cast, delivery, quantity } from '../../test/factories/cast.js'
import { AFTER_UNDO, type Chain, createChain } from '../../test/factories/chain.js'
import { at, inWork, MINUTE, NOW, SECOND } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { canonical } from '../audit/record.js'
import { revokeMessage } from '../message/hear-message.js'
import type { Slot } from '../message/message.contract.js'
import { captureChange } from './capture-change.js'
import { getChain, getChange } from './find-chain.js'
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

describe('a capture', () => {
  it('copies the words as they stand, hashed, with who said them and when; no later recall or edit touches them', async () => {
    const words = await cast.says('wmRenji', '数量加到300套', { at: at(-MINUTE) })
    const reply = await cast.says('wmRenji', '我问一下工厂', { speaker: 'rep', at: at(-30 * SECOND) })
    const id = await cast.captures('wmRenji', { messageIds: [reply, words], slots: [quantity('300套', '200套')] })
    const { sourceKey } = await cast.db.message.findUniqueOrThrow({ where: { id: words } })
    await inWork(cast.db, (work) => revokeMessage(work, sourceKey))
    await cast.db.message.update({ where: { id: words }, data: { text: '没说过' } })

    const change = await cast.db.requirementChange.findUniqueOrThrow({ where: { id }, include: { evidence: true } })
    expect(change.evidence?.messages).toMatchObject([
      { speaker: 'customer', name: '刘主任', text: '数量加到300套', saidAt: at(-MINUTE).toISOString(), source: 'archive' },
      { speaker: 'rep', name: '王磊', text: '我问一下工厂' },
    ])
    expect(change.evidenceHash).toBe(sha256(change.evidenceSalt, canonical(change.evidence?.messages)))
  })

  it('is final: the database itself refuses to change evidence, and lets it be erased', async () => {
    const id = await cast.captures('wmRenji')
    await expect(cast.db.evidence.update({ where: { changeId: id }, data: { messages: [] } })).rejects.toThrow(/never changed/)
    await cast.db.evidence.delete({ where: { changeId: id } })
    const view = await getChange(cast.db, id, NOW)
    expect(view).toMatchObject({ evidence: [], evidenceHash: expect.stringMatching(/^[0-9a-f]{64}$/) })
  })

  it('moves what stands, says who did it, and is on record', async () => {
    const id = await cast.captures('wmRenji', { slots: [quantity('300套', '200套'), delivery('2026-11-27')] })
    expect(await chain.terms()).toMatchObject({ delivery: '2026-11-27', items: [{ name: '锁定钢板', qty: 300, unit: '套' }] })
    const actor = await cast.actor('wanglei')
    const seen = await getChain(cast.db, actor, (await cast.requirement('wmRenji')).id, NOW)
    expect(seen.steps).toMatchObject([
      { id, step: 1, state: 'pending', capturedBy: { name: '王磊' }, undoUntil: AFTER_UNDO.toISOString(), replyDraft: null },
    ])
    expect(await cast.db.auditEntry.findFirst({ where: { subject: `change:${id}` } })).toMatchObject({
      verb: 'change-captured',
      actor: actor.personId,
    })
  })

  it('opens a new requirement, called by what is wanted', async () => {
    const id = await cast.captures('wmRenji', { requirementId: null, slots: [quantity('50颗', null, '空心钉')] })
    const { requirementId } = await getChange(cast.db, id, NOW)
    expect(await cast.db.requirement.findUniqueOrThrow({ where: { id: requirementId } })).toMatchObject({
      title: '空心钉 50颗',
      terms: { items: [{ name: '空心钉', qty: 50 }] },
    })
  })

  it('of a contact without a company makes one under their name, once, however many capture at once', async () => {
    const contactId = await cast.contactId('wmJinhai')
    await cast.db.contact.update({ where: { id: contactId }, data: { customerId: null } })
    const capture = async (text: string) => {
      const messageIds = [await cast.says('wmJinhai', text, { by: 'chenjing' })]
      return cast.captures('wmJinhai', { by: 'chenjing', messageIds, requirementId: null })
    }
    await Promise.all([capture('加两箱'), capture('再加一箱')])
    expect(await cast.db.customer.findMany({ where: { name: '金经理' } })).toHaveLength(1)
  })

  it('steps of one requirement have no gaps and no doubles, however many capture at once', async () => {
    const said = await Promise.all(['1', '2', '3', '4', '5'].map((text) => cast.says('wmRenji', text)))
    await Promise.all(said.map((id, i) => cast.captures('wmRenji', { messageIds: [id], slots: [quantity(`${300 + i}套`)] })))
    const steps = await cast.db.requirementChange.findMany({ orderBy: { step: 'asc' } })
    expect(steps.map((one) => one.step)).toEqual([1, 2, 3, 4, 5])
    // Each saw what the one before had left.
    const left = steps.slice(0, -1).map((one) => (one.slots as Slot[])[0]?.after)
    const found = steps.slice(1).map((one) => (one.termsBefore as Terms).items[0]?.qty)
    expect(found.map((qty) => `${qty}套`)).toEqual(left)
  })

  describe('is refused', () => {
    const capture = async (by: string, external: string, messageIds: string[], requirementId: string | null) => {
      const [actor, contactId] = [await cast.actor(by), await cast.contactId(external)]
      const input = { contactId, messageIds, types: ['其他' as const], slots: [], note: null, requirementId }
      return inWork(cast.db, (work) => captureChange(work, actor, input))
    }

    it('for a contact that isn’t theirs', async () => {
      const said = await cast.says('wmJinhai', '加两箱', { by: 'chenjing' })
      await expect(capture('wanglei', 'wmJinhai', [said], null)).rejects.toMatchObject({ code: 'unknown-contact', status: 404 })
    })

    it('with a message of another contact', async () => {
      const said = [await cast.says('wmRenji', '甲'), await cast.says('wmHuaqiang', '乙')]
      await expect(capture('wanglei', 'wmRenji', said, null)).rejects.toMatchObject({ code: 'unknown-message', status: 409 })
    })

    it('with words that another rep and the contact said to each other, unless the customer is theirs', async () => {
      const said = await cast.says('wmJinhai', '悄悄话', { by: 'chenjing' })
      const mine = await cast.says('wmJinhai', '王经理好', { by: 'wanglei' }) // now both know the contact
      await expect(capture('wanglei', 'wmJinhai', [said], null)).rejects.toMatchObject({ code: 'unknown-message' })
      await expect(capture('wanglei', 'wmJinhai', [mine], null)).resolves.toBeTypeOf('string')
      await expect(capture('chenjing', 'wmJinhai', [said, mine], null)).resolves.toBeTypeOf('string')
    })

    it.each([
      ['of another customer', 'wmHuaqiang', 'wmRenji'],
      ['of a customer that somebody else looks after', 'wmJinhai', 'wmJinhai'],
    ])('on a requirement %s', async (_what, of, contact) => {
      const said = await cast.says(contact, '加两箱', { by: 'wanglei' })
      const { id } = await cast.requirement(of)
      await expect(capture('wanglei', contact, [said], id)).rejects.toMatchObject({ code: 'unknown-requirement', status: 404 })
    })
  })
})

describe('whom it asks', () => {
  it('the product line’s table, each person by a card of their own, when the time to undo is over', async () => {
    const id = await cast.captures('wmRenji')
    const asks = await cast.db.ask.findMany({ where: { changeId: id }, include: { person: true }, orderBy: { id: 'asc' } })
    expect(asks.map((ask) => [ask.purpose, ask.person.name])).toEqual([
      ['confirm', '赵强'],
      ['assess', '孙悦'],
    ])
    const cards = await chain.outbox('send-card')
    expect(cards).toHaveLength(2)
    for (const card of cards) expect(card).toMatchObject({ state: 'open', notBefore: AFTER_UNDO })
    expect(await cast.db.reminder.count({ where: { state: 'open' } })).toBe(2)
  })

  it('one card for who would get two', async () => {
    const id = await cast.captures('wmHuaqiang', { types: ['功能增减', '交付时间调整'] })
    const asks = await cast.db.ask.findMany({ where: { changeId: id }, include: { person: true } })
    expect(asks.map((ask) => [ask.purpose, ask.person.name])).toEqual([['confirm', '周敏']])
  })
})
