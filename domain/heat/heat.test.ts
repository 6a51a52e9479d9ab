import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadDefinitions } from '../../bot-server/definitions.js'
import { newId } from '../../lib/ids.js'
import type { Cast } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { setCalm } from '../../test/factories/ladders.js'
import { createLeads } from '../../test/factories/leads.js'
import { createQuoteRows } from '../../test/factories/quote-rows.js'
import { at, DAY, HOUR, inWork } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { drawCard } from '../card/draw-card.js'
import { noteQuoted } from '../opportunity/note-quoted.js'
import { sayInvalid } from '../opportunity/say-invalid.js'
import { undoOpportunity } from '../opportunity/undo-opportunity.js'
import { callLead } from './call-lead.js'
import { nudgeRep } from './nudge-rep.js'
import { reportHeat } from './report-heat.js'
import { tellCold } from './tell-cold.js'

// A Monday at 10:00, and the whole week behind it works.
let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let leads: ReturnType<typeof createLeads>
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.$executeRaw`TRUNCATE quote, opportunity, chore CASCADE`
  ;({ cast } = await createChain(database.db))
  await setCalm(database.db, { trialDays: 0 })
  leads = createLeads(cast)
})

/** The next Thursday: the 72 hours of all that began in the week from NOW are over on Wednesday night. */
const THURSDAY = at(10 * DAY)
const lina = () => cast.actor('lina')
const quoted = async (opportunityId: string, when: Date, how: 'quote' | 'outside' = 'quote') => {
  const { id: customerId } = await cast.customer('wmRenji')
  await inWork(cast.db, (work) => noteQuoted(work, { customerId, opportunityId, how, at: when }), when)
}
const report = async (now: Date) => reportHeat(cast.db, await lina(), { weeks: 4, now })
/** Five leads: in time, in time by hand, late, none, 无效. */
async function five() {
  const [good, outside, late, none, invalid] = [
    await leads.makes('wmRenji', { channel: '展会' }),
    await leads.makes('wmRenji'),
    await leads.makes('wmRenji'),
    await leads.makes('wmHuaqiang', { by: 'chenjing', channel: '展会' }),
    await leads.makes('wmRenji'),
  ]
  await quoted(good, at(3 * DAY))
  await quoted(outside, at(DAY), 'outside')
  await quoted(late, at(3 * DAY + HOUR))
  const wang = await cast.actor('wanglei')
  await inWork(cast.db, (work) => sayInvalid(work, wang, { id: invalid, why: null }))
  return { good, outside, late, none, invalid }
}

describe('线索热力比', () => {
  it('counts what was quoted within 72 hours of what is over; by hand, late, none and 无效 apart', async () => {
    const { none } = await five()
    const { total, byRep, byChannel, byWeek, cold } = await report(at(4 * DAY))
    expect(total).toEqual({ all: 4, quoted: 1, outside: 1, late: 1, unquoted: 1, invalid: 1, running: 0 })
    expect(byRep.map(({ name, tally }) => [name, tally.quoted, tally.all])).toEqual([
      ['陈静', 0, 1],
      ['王磊', 1, 3],
    ])
    expect(byChannel.find(({ label }) => label === '展会')?.tally).toMatchObject({ all: 2, quoted: 1 })
    expect(byWeek.at(-1)).toMatchObject({ week: '2026-11-23', tally: { all: 4 } })
    expect(cold.map(({ id, rep }) => [id, rep.name])).toEqual([[none, '陈静']])
  })

  it('counts none before its 72 hours are over, also one that was quoted; days off don’t count', async () => {
    const friday = at(4 * DAY)
    const id = await leads.makes('wmRenji', { at: friday })
    await quoted(id, at(HOUR, friday))
    expect((await report(at(4 * DAY + 23 * HOUR, friday))).total).toMatchObject({ all: 0, running: 1 })
    expect((await report(at(5 * DAY, friday))).total).toMatchObject({ all: 1, quoted: 1, running: 0 })
  })

  it('knows no lead that was taken back, nor one from before there was a clock', async () => {
    const undone = await leads.makes('wmRenji')
    await inWork(cast.db, (work) => undoOpportunity(work, undone))
    const ownerId = await cast.personId('wanglei')
    await cast.db.opportunity.create({ data: { id: newId(), title: '老的', ownerId, createdAt: at(0) } })
    expect((await report(at(4 * DAY))).total).toMatchObject({ all: 0, running: 0 })
  })

  it('is a rep’s to see for nobody but those above', async () => {
    await five()
    await expect(reportHeat(cast.db, await cast.actor('wanglei'), { weeks: 4, now: at(4 * DAY) })).rejects.toThrow(
      '归主管和经理看',
    )
  })

  it('says by product how long a quote took from the asking', async () => {
    const quotes = createQuoteRows(cast)
    for (const [i, hours] of [2, 4, 9].entries()) {
      const { quoteId } = await quotes.sent('wmRenji', { sentAt: at(10 * HOUR + i) })
      await cast.db.quote.update({ where: { id: quoteId }, data: { requestedAt: at((10 - hours) * HOUR + i) } })
    }
    expect((await report(at(DAY))).took).toEqual([{ label: '没写产品线', quotes: 3, minutes: 240 }])
  })
})

describe('a week below 65 %', () => {
  const tells = (now: Date) => inWork(cast.db, (work) => tellCold(work), now)
  const card = () => cast.db.card.findFirst({ where: { kind: 'lead-heat' }, include: { copies: { include: { person: true } } } })

  it('is told to the manager once all its hours are over, in the morning, once', async () => {
    const { none } = await five()
    expect(await tells(at(9 * DAY))).toBe(false)
    expect(await tells(at(-HOUR, THURSDAY))).toBe(false)
    expect(await tells(THURSDAY)).toBe(true)
    expect(await tells(at(HOUR, THURSDAY))).toBe(false)
    const told = await card()
    expect(told?.copies.map(({ person }) => person.name)).toEqual(['李娜'])
    const drawn = told && (await drawCard(cast.db, told, THURSDAY))
    expect(drawn).toMatchObject({
      title: '11月23日那周的线索热力比只有 25%',
      desc: '4 个商机，72 小时内报价 1 个，另有系统外报价 1 个；1 个到现在没报',
    })
    expect(drawn?.fields).toEqual([
      { label: (await cast.customer('wmHuaqiang')).name, value: '陈静 · 11月23日 10:00' },
      { label: '无效', value: '1 个，占 20%' },
    ])
    await quoted(none, THURSDAY)
    expect(told && (await drawCard(cast.db, told, THURSDAY))).toMatchObject({ settled: '都有报价了' })
  })

  it.each([
    ['two of three were quoted', 2, 1],
    ['nothing is left without a price', 0, 0],
  ])('is none when %s', async (_what, good, none) => {
    for (let i = 0; i < good; i += 1) await quoted(await leads.makes('wmRenji'), at(HOUR))
    for (let i = 0; i < none; i += 1) await leads.makes('wmRenji')
    if (good === 0) await quoted(await leads.makes('wmRenji'), at(5 * DAY))
    expect(await tells(THURSDAY)).toBe(false)
  })

  it('is told to nobody in the trial', async () => {
    await five()
    await setCalm(cast.db, { trialDays: 14 })
    await cast.db.organisation.update({ where: { id: 1 }, data: { since: at(-DAY) } })
    expect(await tells(THURSDAY)).toBe(false)
  })

  it('催一下 on the card tells each rep once, whoever presses and however often', async () => {
    const { none } = await five()
    await tells(THURSDAY)
    const { actions } = await loadDefinitions()
    const actor = await lina()
    const press = () =>
      inWork(
        cast.db,
        async (work) => actions.get('nudge-rep')?.run({ work, actor }, { subjectId: '2026-11-23', note: null }),
        THURSDAY,
      )
    expect([await press(), await press()]).toEqual([true, false])
    expect(await inWork(cast.db, (work) => nudgeRep(work, actor, none), THURSDAY)).toBe(false)
    const texts = await cast.db.outbox.findMany({ where: { kind: 'send-text' } })
    expect(texts.map(({ payload }) => payload)).toMatchObject([
      { personId: await cast.personId('chenjing'), text: expect.stringMatching(/^李娜催一下：/) },
    ])
    const told = await card()
    expect(told && (await drawCard(cast.db, told, THURSDAY))).toMatchObject({ buttons: [], settled: '李娜都催过了' })
    expect((await report(THURSDAY)).cold).toMatchObject([{ id: none, nudgedBy: { name: '李娜', sent: 'waiting' } }])
  })

  it('我来打 is written down once and the rep is told; in the evening they hear of it next morning', async () => {
    const { none } = await five()
    const actor = await lina()
    const evening = at(12 * HOUR, at(4 * DAY))
    const call = () => inWork(cast.db, (work) => callLead(work, actor, none), evening)
    expect([await call(), await call()]).toEqual([true, false])
    const [text, ...more] = await cast.db.outbox.findMany({ where: { kind: 'send-text' } })
    expect(more).toEqual([])
    expect(text?.notBefore.getTime()).toBeGreaterThan(at(9 * HOUR, evening).getTime())
    expect((await report(at(5 * DAY))).cold).toMatchObject([{ id: none, calledBy: { name: '李娜' }, nudgedBy: null }])
  })

  it('is not for a colleague to act on, and not once there is a price', async () => {
    const { none, good } = await five()
    const rep = await cast.actor('chenjing')
    await expect(inWork(cast.db, (work) => nudgeRep(work, rep, none), THURSDAY)).rejects.toThrow('要由上级来做')
    const actor = await lina()
    expect(await inWork(cast.db, (work) => callLead(work, actor, good), THURSDAY)).toBe(false)
  })
})
