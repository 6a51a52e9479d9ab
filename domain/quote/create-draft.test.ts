import { describe, expect, it } from 'vitest'
import { newId } from '../../lib/ids.js'
import { type Cast, delivery, quantity } from '../../test/factories/cast.js'
import { makeProduct } from '../../test/factories/products.js'
import { type Desk, useDesk } from '../../test/factories/quotes.js'
import { at, DAY, HOUR, inWork, NOW } from '../../test/factories/work.js'
import { defaultQuotePolicy } from '../rule/quote-policy.contract.js'
import { setRule } from '../rule/rule.js'
import { createDraft } from './create-draft.js'
import { dropDraft } from './drop-draft.js'
import { listQuotes } from './list-quotes.js'
import type { QuoteDraft } from './quote.contract.js'
import { viewQuote } from './view-quote.js'

let cast: Cast
let desk: Desk
useDesk((made) => {
  ;({ cast, desk } = made)
})

const first = (draft: QuoteDraft | null) => {
  const line = draft?.lines[0]
  if (!line) throw new Error('no line')
  return line
}

describe('报价 beside a chat', () => {
  it('begins with the requirement as it stands after its changes: goods, quantity, 交期, 账期, the price of the list', async () => {
    const product = await desk.plate()
    await cast.captures('wmRenji', { slots: [quantity('300套', '200套'), delivery('2026-12-04')], at: at(HOUR) })
    const quote = await desk.drafts('wmRenji', { at: at(2 * HOUR) })
    expect(first(quote.draft)).toMatchObject({
      productId: product,
      name: '锁定钢板',
      spec: '7孔',
      qty: '300',
      unit: '套',
      price: '400',
    })
    expect(first(quote.draft).params).toEqual([{ name: '材质', value: '钛合金' }])
    expect(quote.draft?.terms).toMatchObject({ payment: '到货验收后 30 天付款', delivery: '12月4日 周五前交货' })
    expect(quote).toMatchObject({ state: 'draft', version: 0, hasDraft: true, title: '锁定钢板 7 孔 200 套', mayEdit: true })
    expect(quote.requirement?.id).toBe((await cast.requirement('wmRenji')).id)
    const row = await cast.db.quote.findUniqueOrThrow({ where: { id: quote.id } })
    // The customer's own words, an hour after the requirement was there.
    expect(row.requestedAt).toEqual(at(HOUR))
  })

  it('a name that no product has stays in the customer’s words, without a price', async () => {
    await makeProduct(cast.db, { name: '锁定钢板', spec: '9孔', price: '500' })
    const quote = await desk.drafts('wmRenji')
    expect(first(quote.draft)).toMatchObject({ productId: null, name: '锁定钢板', spec: '7孔', price: '0' })
  })

  it('of several that fit, the one that is called exactly so; else a person chooses', async () => {
    await makeProduct(cast.db, { name: '锁定钢板', spec: '7孔 左侧', price: '500' })
    await makeProduct(cast.db, { name: '锁定钢板', spec: '7孔 右侧', price: '500' })
    expect(first((await desk.drafts('wmRenji')).draft).productId).toBeNull()
    const product = await desk.plate()
    expect(first((await desk.drafts('wmRenji')).draft).productId).toBe(product)
  })

  it('in another unit than the product’s stays in the customer’s words: nobody has said how many of it that is', async () => {
    await makeProduct(cast.db, { name: '锁定钢板', spec: '7孔', unit: '片', price: '40' })
    expect(first((await desk.drafts('wmRenji')).draft)).toMatchObject({ productId: null, qty: '200', unit: '套', price: '0' })
  })

  it('takes whatever names there are, cut to what a quote may hold', async () => {
    const { id } = await cast.requirement('wmRenji')
    const items = [{ name: '👍'.repeat(90), spec: '长'.repeat(200), qty: 0.12345, unit: ' ' }]
    const terms = { items, delivery: '越快越好', budget: null, terms: '月'.repeat(300) }
    await cast.db.requirement.update({ where: { id }, data: { terms, title: ` ${'题'.repeat(90)}` } })
    const { draft } = await desk.drafts('wmRenji')
    expect(first(draft)).toMatchObject({ name: '👍'.repeat(40), spec: '长'.repeat(120), qty: '0.123', unit: '件' })
    expect([draft?.terms.payment, draft?.terms.delivery, draft?.title]).toEqual(['月'.repeat(200), '越快越好', '题'.repeat(60)])
  })

  it('of an earlier quote takes over what was offered; lines are its own', async () => {
    const earlier = await desk.sent()
    const line = { ...first(earlier.versions[0]?.content ?? null), qty: '7' }
    const changed = await desk.saves(await desk.drafts('wmRenji', { fromQuoteId: earlier.id }), {})
    expect(first(changed.draft)).toMatchObject({ name: line.name, price: line.price })
    expect(first(changed.draft).id).not.toBe(line.id)
    expect(changed.requirement).toBeNull()
  })

  it('of an earlier quote keeps what was agreed and asks the books again where it followed them', async () => {
    const product = await desk.plate()
    const bolt = await makeProduct(cast.db, { name: '膨胀螺栓', price: '3.5' })
    const quote = await desk.drafts('wmRenji')
    const line = first(quote.draft)
    const agreed = { ...line, id: newId(), productId: bolt, price: '4' }
    const earlier = await desk.sends(await desk.saves(quote, { lines: [line, agreed] }))
    await cast.db.product.update({ where: { id: product }, data: { price: '410' } })
    await cast.db.product.update({ where: { id: bolt }, data: { price: '3.6' } })
    const repeat = await desk.drafts('wmRenji', { fromQuoteId: earlier.id, at: at(DAY) })
    expect(repeat.draft?.lines.map(({ price }) => price)).toEqual(['410', '4'])
    expect((await desk.sends(repeat, { at: at(DAY) })).version).toBe(1)
  })

  it('another customer’s prices are none of this one’s: goods are taken over, prices come from the books', async () => {
    const earlier = await desk.drafts('wmRenji')
    const product = await makeProduct(cast.db, { name: '锁定钢板', price: '500' })
    await desk.saves(earlier, { lines: [{ ...first(earlier.draft), productId: product, price: '1' }], discountFen: 500 })
    const other = await desk.drafts('wmHuaqiang', { fromQuoteId: earlier.id, by: 'lina' })
    expect(first(other.draft)).toMatchObject({ productId: product, price: '500' })
    expect(other.draft?.discountFen).toBe(0)
  })

  it('another customer’s name and troubles are read by nobody else: neither title nor their own risks come along', async () => {
    const renji = await cast.customer('wmRenji')
    const product = await desk.plate()
    const openedById = await cast.personId('wanglei')
    const risk = async (words: string, of: { customerId?: string; productId?: string }) => {
      const id = newId()
      await cast.db.techRisk.create({ data: { id, words, openedById, openedAt: NOW, ...of } })
      return { id, words }
    }
    const theirs = await risk('仁济的骨科导板对不上', { customerId: renji.id })
    const everybodys = await risk('低温会脆', { productId: product })
    const earlier = await desk.drafts('wmRenji')
    await desk.saves(earlier, { title: '仁济医院报价', risks: [theirs, everybodys] })
    const other = await desk.drafts('wmHuaqiang', { fromQuoteId: earlier.id, by: 'lina' })
    expect(other.draft?.title).toBe(`${other.customer.name}报价`)
    expect(other.draft?.risks).toEqual([everybodys])
    const same = await desk.drafts('wmRenji', { fromQuoteId: earlier.id })
    expect(same.draft?.risks).toEqual([theirs, everybodys])
  })

  it('a contact without a company becomes one', async () => {
    const contactId = await cast.contactId('wmRenji')
    await cast.db.contact.update({ where: { id: contactId }, data: { customerId: null } })
    const actor = await cast.actor('wanglei')
    const quote = await inWork(cast.db, (work) => createDraft(work, actor, { customerId: null, contactId }))
    expect(quote.customer.name).toBe('刘主任')
    expect(await cast.db.contact.findUnique({ where: { id: contactId } })).toMatchObject({ customerId: quote.customer.id })
  })

  it('the clock of 报价用时 does not count what was answered by a quote before', async () => {
    await desk.sent('wmRenji', { at: at(DAY) })
    const again = await desk.drafts('wmRenji', { at: at(2 * DAY) })
    expect(await cast.db.quote.findUnique({ where: { id: again.id } })).toMatchObject({ requestedAt: null })
  })
})

describe('what is being written', () => {
  it('of two pages the second does not write over the first unknowingly', async () => {
    const quote = await desk.drafts('wmRenji')
    const saved = await desk.saves(quote, { title: '新标题' })
    expect(saved).toMatchObject({ draftRev: quote.draftRev + 1, draft: { title: '新标题' } })
    await expect(desk.saves(quote, { title: '旧页面' })).rejects.toMatchObject({ code: 'stale', status: 409 })
    const both = await Promise.allSettled([desk.saves(saved, { title: '甲' }), desk.saves(saved, { title: '乙' })])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('products and pictures that a page made up are none; a picture is one of its product', async () => {
    const [one, other] = [await desk.plate(), await makeProduct(cast.db, { name: '膨胀螺栓' })]
    const picture = { position: 0, type: 'image/png', width: 1, height: 1, data: Buffer.from('x'), small: Buffer.from('x') }
    const id = '0195c000-0000-7000-8000-000000000001'
    await cast.db.productPicture.create({ data: { ...picture, id, productId: other } })
    const quote = await desk.drafts('wmRenji')
    const line = first(quote.draft)
    const unknown = '0195c000-0000-7000-8000-0000000000ff'
    const saved = await desk.saves(quote, {
      lines: [
        { ...line, productId: one, pictureId: id },
        { ...line, id: unknown, productId: unknown, pictureId: null },
      ],
    })
    expect(saved.draft?.lines).toMatchObject([{ productId: one, pictureId: null }, { productId: null }])
    const twice = desk.saves(saved, { lines: [line, line] })
    await expect(twice).rejects.toMatchObject({ code: 'bad-input' })
  })

  it('不要了: one that was never sent is gone', async () => {
    const quote = await desk.drafts('wmRenji')
    const actor = await cast.actor('wanglei')
    expect(await inWork(cast.db, (work) => dropDraft(work, actor, quote.id))).toBe(false)
    await expect(viewQuote(cast.db, actor, quote.id)).rejects.toMatchObject({ code: 'unknown-quote' })
  })
})

describe('is for', () => {
  it('its owner and who sees the customer; another rep neither reads, writes, drops nor lists it', async () => {
    const quote = await desk.drafts('wmRenji')
    const [other, lead, pre] = [await cast.actor('chenjing'), await cast.actor('lina'), await cast.actor('zhaoqiang')]
    expect(await viewQuote(cast.db, lead, quote.id)).toMatchObject({ id: quote.id, mayEdit: true })
    for (const actor of [other, pre]) {
      await expect(viewQuote(cast.db, actor, quote.id)).rejects.toMatchObject({ code: 'unknown-quote', status: 404 })
      await expect(inWork(cast.db, (work) => dropDraft(work, actor, quote.id))).rejects.toMatchObject({ code: 'unknown-quote' })
      expect(await listQuotes(cast.db, actor, quote.customer.id)).toEqual({ quotes: [], mayMake: false })
    }
    await expect(desk.saves(quote, {}, { by: 'chenjing' })).rejects.toMatchObject({ code: 'unknown-quote' })
    await expect(desk.drafts('wmRenji', { by: 'chenjing' })).rejects.toMatchObject({ code: 'unknown-customer' })
    await expect(desk.drafts('wmRenji', { customerId: null, by: 'zhaoqiang' })).rejects.toMatchObject({ code: 'unknown-contact' })
    expect(await listQuotes(cast.db, await cast.actor('wanglei'), quote.customer.id)).toMatchObject({
      quotes: [{ id: quote.id, hasDraft: true, version: 0 }],
      mayMake: true,
    })
  })

  it('a copy of what the actor may not see is refused, and a contact of another customer', async () => {
    const quote = await desk.drafts('wmRenji')
    const theirs = (await cast.customer('wmHuaqiang')).ownerId
    const { value: by } = await cast.db.identity.findFirstOrThrow({
      where: { personId: theirs, platform: 'wecom', kind: 'member' },
    })
    if (by !== 'wanglei')
      await expect(desk.drafts('wmHuaqiang', { fromQuoteId: quote.id, by })).rejects.toMatchObject({ code: 'unknown-quote' })
    const mixed = desk.drafts('wmHuaqiang', { contactId: await cast.contactId('wmRenji'), by: 'lina' })
    await expect(mixed).rejects.toMatchObject({ code: 'other-customer' })
  })

  it('who was asked to let it pass reads it, and writes nothing', async () => {
    const quote = await desk.drafts('wmRenji')
    const zhaoqiang = await cast.actor('zhaoqiang')
    await cast.db.person.update({ where: { id: zhaoqiang.personId }, data: { roles: ['finance'] } })
    const policy = { ...defaultQuotePolicy, deciders: [zhaoqiang.personId] }
    await inWork(cast.db, (work) => setRule(work, { name: 'quotePolicy', value: policy, by: 'system' }))
    const asked = { askedById: await cast.personId('wanglei'), askedAt: NOW, contentHash: 'x', findings: [] }
    await expect(viewQuote(cast.db, zhaoqiang, quote.id)).rejects.toMatchObject({ code: 'unknown-quote' })
    await cast.db.quoteApproval.create({ data: { ...asked, id: newId(), quoteId: quote.id } })
    expect(await viewQuote(cast.db, zhaoqiang, quote.id)).toMatchObject({ id: quote.id, mayEdit: false, mayDecide: true })
    await expect(desk.saves(quote, {}, { by: 'zhaoqiang' })).rejects.toMatchObject({ code: 'unknown-quote' })
  })
})
