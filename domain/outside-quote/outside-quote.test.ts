import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadDefinitions } from '../../bot-server/definitions.js'
import { hear } from '../../bot-server/hear.js'
import { newId } from '../../lib/ids.js'
import type { Cast } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { createLeads } from '../../test/factories/leads.js'
import { createNewcomers } from '../../test/factories/newcomers.js'
import { createQuoteRows } from '../../test/factories/quote-rows.js'
import { at, DAY, HOUR, inWork, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { drawCard } from '../card/draw-card.js'
import { noteQuoted } from '../opportunity/note-quoted.js'
import { confirmOutside } from './confirm-outside.js'
import { findLeadBeside } from './find-lead-beside.js'
import { refuseOutside, undoOutside } from './undo-outside.js'
import { viewLead } from './view-lead.js'

// NOW is a Monday at 10:00.
let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let leads: ReturnType<typeof createLeads>
let id: string
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.$executeRaw`TRUNCATE quote CASCADE`
  ;({ cast } = await createChain(database.db))
  leads = createLeads(cast)
  id = await leads.makes('wmRenji')
})

const wang = () => cast.actor('wanglei')
type Said = { speaker?: 'customer' | 'rep'; at?: Date; by?: string; external?: string; key?: string }
/** As the archive tells of it. */
async function says(
  text: string,
  { speaker = 'rep', at: saidAt = at(HOUR), by = 'wanglei', external = 'wmRenji', key }: Said = {},
) {
  const chat = { contactId: await cast.contactId(external), personId: await cast.personId(by) }
  const said = { ...chat, source: 'archive' as const, sourceKey: key ?? newId(), speaker, text, saidAt }
  return (await inWork(cast.db, (work) => hear(work, said), saidAt)) ?? ''
}
const confirms = async (messageId: string | null, totalFen: bigint | null = null, when = at(2 * HOUR)) => {
  const actor = await wang()
  return inWork(cast.db, (work) => confirmOutside(work, actor, { opportunityId: id, messageId, totalFen }), when)
}
const undoes = async (when = at(3 * HOUR)) => {
  const actor = await wang()
  return inWork(cast.db, (work) => undoOutside(work, actor, { opportunityId: id }), when)
}
const proposals = () => cast.db.outsideQuote.findMany({ where: { state: 'proposed' } })

describe('已另行报价', () => {
  it('by the message that was sent ends the hours, from when it was sent; twice is once', async () => {
    const messageId = await says('报价单发您邮箱了，您看下')
    expect(await confirms(messageId, 1_280_000n)).toBe(true)
    expect(await confirms(messageId)).toBe(false)
    expect(await leads.lead(id)).toMatchObject({ quotedAt: at(HOUR), quotedHow: 'outside' })
    expect(await leads.clock(id)).toBeNull()
    expect(await viewLead(cast.db, await wang(), id)).toMatchObject({ state: 'outside', totalFen: 1_280_000 })
  })

  it.each([
    ['image', null],
    ['file', '报价单.xlsx'],
  ])('by the %s that was sent is the same one tap', async (kind, name) => {
    const messageId = await says('')
    await cast.db.media.create({ data: { id: newId(), messageId, kind, name, fileId: 'sealed' } })
    const { lines } = await viewLead(cast.db, await wang(), id)
    expect(lines).toMatchObject([{ messageId, file: { kind, name } }])
    expect(await confirms(messageId)).toBe(true)
    expect(await leads.lead(id)).toMatchObject({ quotedAt: at(HOUR), quotedHow: 'outside' })
  })

  it('by a total alone counts from the tap', async () => {
    expect(await confirms(null, 500_000n)).toBe(true)
    expect(await leads.lead(id)).toMatchObject({ quotedAt: at(2 * HOUR), quotedHow: 'outside' })
  })

  it('taken back, the hours go on; but a quote of ours that was sent since is the price', async () => {
    await confirms(null)
    expect(await undoes()).toBe(true)
    expect(await undoes()).toBe(false)
    expect(await leads.lead(id)).toMatchObject({ quotedAt: null, quotedHow: null })
    expect(await leads.clock(id)).toMatchObject({ startedAt: NOW, dueAt: at(2 * DAY) })
    await confirms(null)
    await createQuoteRows(cast).sent('wmRenji', { opportunityId: id, sentAt: at(5 * HOUR) })
    await undoes(at(6 * HOUR))
    expect(await leads.lead(id)).toMatchObject({ quotedAt: at(5 * HOUR), quotedHow: 'quote' })
  })

  it('changes nothing where a quote of ours was sent before', async () => {
    const { id: customerId } = await cast.customer('wmRenji')
    await inWork(cast.db, (work) => noteQuoted(work, { customerId, opportunityId: id, how: 'quote', at: NOW }))
    expect(await confirms(null)).toBe(false)
    expect(await leads.lead(id)).toMatchObject({ quotedHow: 'quote' })
  })

  it('takes no message of another customer, none of the customer’s own, and nobody else’s word', async () => {
    const theirs = await says('就按12块一套吧', { speaker: 'customer' })
    const foreign = await says('12块一套', { by: 'chenjing', external: 'wmHuaqiang' })
    const old = await says('12块一套', { at: at(-8 * DAY) })
    for (const messageId of [theirs, foreign, old, newId()]) await expect(confirms(messageId)).rejects.toThrow('没有找到这条消息')
    expect(await proposals()).toEqual([])
    const other = await cast.actor('chenjing')
    await expect(
      inWork(cast.db, (work) => confirmOutside(work, other, { opportunityId: id, messageId: null, totalFen: null })),
    ).rejects.toThrow('没有找到这个商机')
    await expect(viewLead(cast.db, other, id)).rejects.toThrow('没有找到这个商机')
  })
})

describe('a price that the rep names in the chat', () => {
  it('is proposed once, though the archive tells of it twice, and one tap on the card says yes', async () => {
    for (const _ of [1, 2]) await says('这款总价给您做到12800元', { key: 'wecom:m1' })
    expect(await proposals()).toMatchObject([{ opportunityId: id, totalFen: 1_280_000n, at: at(HOUR) }])
    expect(await findLeadBeside(cast.db, await wang(), await cast.contactId('wmRenji'))).toMatchObject({
      lead: { id, proposed: { text: '这款总价给您做到12800元' } },
    })
    await createNewcomers(cast).says(at(2 * DAY))
    const card = await cast.db.card.findFirstOrThrow({ where: { kind: 'reminder' } })
    const drawn = await drawCard(cast.db, card, at(2 * DAY))
    expect(drawn?.quote?.text).toBe('这款总价给您做到12800元')
    expect(drawn?.buttons.slice(0, 2).map(({ label, page }) => [label, Boolean(page)])).toEqual([
      ['对，已另行报价', false],
      ['不是这条', true],
    ])
    const { actions } = await loadDefinitions()
    const [actor, subjectId] = [await wang(), card.subject.slice('reminder:'.length)]
    const press = () =>
      inWork(cast.db, async (work) => actions.get('quote-outside')?.run({ work, actor }, { subjectId, note: null }), at(2 * DAY))
    expect(await press()).toBe(true)
    expect(await leads.lead(id)).toMatchObject({ quotedAt: at(HOUR), quotedHow: 'outside' })
    expect(await drawCard(cast.db, card, at(2 * DAY))).toMatchObject({ settled: expect.stringMatching(/：已另行报价$/) })
  })

  it.each([
    ['freight', '运费大概50块一单', 'rep'],
    ['what the customer said', '您说的12块一套做不了', 'rep'],
    ['the customer’s own', '12块一套行不行', 'customer'],
  ] as const)('is not %s', async (_what, text, speaker) => {
    await says(text, { speaker })
    expect(await proposals()).toEqual([])
  })

  it('is not proposed where no lead waits, and not again once somebody said no', async () => {
    const messageId = await says('12.5元一套', { key: 'wecom:m1' })
    const actor = await wang()
    expect(await inWork(cast.db, (work) => refuseOutside(work, actor, { opportunityId: id, messageId }))).toBe(true)
    await says('12.5元一套', { key: 'wecom:m1' })
    expect(await proposals()).toEqual([])
    await confirms(null)
    await says('那就12元一套')
    expect(await proposals()).toEqual([])
  })
})
