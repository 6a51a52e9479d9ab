import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { formatClock, shanghaiDay } from '../../lib/format/dates.js'
import type { Cast } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { createNewcomers } from '../../test/factories/newcomers.js'
import { createQuoteRows } from '../../test/factories/quote-rows.js'
import { at, DAY, HOUR, inWork, MINUTE, NOW, SECOND } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { drawCard } from '../card/draw-card.js'
import { tellAnswered } from './tell-answered.js'
import { tellOpened } from './tell-opened.js'
import { stopWatchingQuote, watchUnopened, watchVersion } from './watch-version.js'

// NOW is a Monday at 10:00.
let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let quotes: ReturnType<typeof createQuoteRows>
let news: ReturnType<typeof createNewcomers>
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.$executeRaw`TRUNCATE quote CASCADE`
  ;({ cast } = await createChain(database.db))
  quotes = createQuoteRows(cast)
  news = createNewcomers(cast)
})

const cards = (kind: string) => cast.db.card.findMany({ where: { kind }, include: { copies: { include: { person: true } } } })
const leaves = async () => {
  const rows = await cast.db.outbox.findMany({ where: { kind: 'send-card', state: 'open' }, orderBy: { id: 'asc' } })
  return rows.map(({ notBefore }) => `${shanghaiDay(notBefore)} ${formatClock(notBefore)}`)
}
const opens = async (linkId: string, when: Date, stoppedAt: string | null = null) => {
  const visit = await quotes.visit(linkId, when, stoppedAt)
  await inWork(cast.db, (work) => tellOpened(work, visit), when)
  return visit
}
/** When whom was told of it: 「2026-11-24 10:00 王磊」. */
async function told(kind: string): Promise<string[]> {
  const notices = await cast.db.notice.findMany({ where: { reminder: { kind }, state: 'said' }, include: { person: true } })
  return notices.map(({ sayAt, person }) => `${shanghaiDay(sayAt)} ${formatClock(sayAt)} ${person.name}`)
}
async function passes(until: Date, from = NOW, step = 2 * HOUR): Promise<void> {
  for (let now = from; now <= until; now = at(step, now)) await news.says(now)
}

describe('a quote that is opened', () => {
  it('is told to its rep at once, the first time only, with where they stopped', async () => {
    const { linkId, quoteId } = await quotes.sent('wmRenji')
    await opens(linkId, at(HOUR), 'terms')
    await opens(linkId, at(2 * HOUR))
    const [card, ...more] = await cards('quote-opened')
    expect(more).toEqual([])
    expect(card?.copies.map(({ person }) => person.name)).toEqual(['王磊'])
    expect(await leaves()).toEqual(['2026-11-23 11:00'])
    const customer = (await cast.customer('wmRenji')).name
    expect(card && (await drawCard(cast.db, card, at(HOUR + 20 * SECOND)))).toMatchObject({
      title: `${customer}刚打开报价 v1，停在付款条款`,
      page: `/h5/quote/${quoteId}`,
      buttons: [],
    })
  })

  it('told twice, and by two devices in one moment, is one card', async () => {
    const { linkId } = await quotes.sent('wmRenji')
    const [one, two] = [await quotes.visit(linkId, at(HOUR)), await quotes.visit(linkId, at(HOUR))]
    await Promise.all([one, two, one].map((visit) => inWork(cast.db, (work) => tellOpened(work, visit), at(HOUR))))
    expect(await cards('quote-opened')).toHaveLength(1)
  })

  it('in the evening it waits for the morning, and another one opened meanwhile stands on the same card', async () => {
    const evening = at(12 * HOUR)
    const [first, second] = [await quotes.sent('wmRenji'), await quotes.sent('wmRenji')]
    await opens(first.linkId, evening)
    await opens(second.linkId, at(HOUR, evening))
    const [card, ...more] = await cards('quote-opened')
    expect(more).toEqual([])
    expect(await leaves()).toEqual([expect.stringMatching(/^2026-11-24 08:\d\d$/)])
    const drawn = card && (await drawCard(cast.db, card, at(22 * HOUR)))
    expect(drawn?.title).toMatch(/等 2 份报价被打开了$/)
    expect(drawn?.fields).toHaveLength(2)
  })

  it('past the day’s cap it waits for the digest', async () => {
    for (let i = 0; i < 6; i += 1) await opens((await quotes.sent('wmRenji')).linkId, at(HOUR + i * MINUTE))
    expect((await leaves()).slice(-2)).toEqual(['2026-11-23 11:04', expect.stringMatching(/^2026-11-23 11:4\d$/)])
  })
})

describe('what a customer answers', () => {
  it.each([
    ['ask', '问了一个问题', '螺丝有没有现货'],
    ['adjust', '想调整报价', '能不能便宜点'],
    ['accept', '确认了报价', ''],
    ['decline', '暂不考虑', '预算不够'],
  ] as const)('«%s» reaches the rep at once, in the customer’s words', async (kind, title, words) => {
    const { quoteId, versionId } = await quotes.sent('wmRenji')
    const answer = await quotes.answer(quoteId, versionId, kind, at(HOUR), words)
    for (const _ of [1, 2]) await inWork(cast.db, (work) => tellAnswered(work, answer), at(HOUR))
    const [card, ...more] = await cards('quote-answered')
    expect(more).toEqual([])
    expect(await leaves()).toEqual(['2026-11-23 11:00'])
    const customer = (await cast.customer('wmRenji')).name
    const drawn = card && (await drawCard(cast.db, card, at(HOUR)))
    expect(drawn).toMatchObject({ title: `${customer}${title}`, page: `/h5/quote/${quoteId}` })
    expect(drawn?.quote?.text).toBe(words || undefined)
  })

  it('past the cap only 确认 and 暂不考虑 are told at once', async () => {
    for (let i = 0; i < 5; i += 1) await opens((await quotes.sent('wmRenji')).linkId, at(HOUR))
    for (const kind of ['ask', 'accept'] as const) {
      const { quoteId, versionId } = await quotes.sent('wmRenji')
      const answer = await quotes.answer(quoteId, versionId, kind, at(HOUR), '问一下')
      await inWork(cast.db, (work) => tellAnswered(work, answer), at(HOUR))
    }
    expect((await leaves()).slice(-2)).toEqual([expect.stringMatching(/^2026-11-23 11:4\d$/), '2026-11-23 11:00'])
  })
})

describe('a quote that nobody opens', () => {
  const given = (versionId: string, when = NOW) => inWork(cast.db, (work) => watchUnopened(work, versionId), when)

  it('is told after 24 hours, once, however often it was given', async () => {
    const { versionId } = await quotes.sent('wmRenji')
    await given(versionId)
    await given(versionId, at(HOUR))
    await passes(at(3 * DAY))
    expect(await told('quote-unopened')).toEqual(['2026-11-24 10:00 王磊'])
  })

  it('pauses on days off', async () => {
    const { versionId } = await quotes.sent('wmRenji')
    const friday = at(4 * DAY)
    await given(versionId, friday)
    await passes(at(5 * DAY, friday), friday)
    expect(await told('quote-unopened')).toEqual(['2026-11-30 10:00 王磊'])
  })

  it.each([
    ['opened', async (one: { linkId: string; quoteId: string }) => void (await opens(one.linkId, at(HOUR)))],
    [
      'withdrawn',
      async ({ quoteId }: { quoteId: string }) =>
        inWork(cast.db, (work) => stopWatchingQuote(work, { quoteId, by: 'withdrawn' }), at(HOUR)),
    ],
  ])('is not told once it was %s', async (_what, happens) => {
    const sent = await quotes.sent('wmRenji')
    await given(sent.versionId)
    await happens(sent)
    await passes(at(2 * DAY))
    expect(await told('quote-unopened')).toEqual([])
  })
})

describe('a quote that is about to end', () => {
  const sends = (versionId: string, when = NOW) => inWork(cast.db, (work) => watchVersion(work, versionId), when)
  const endOf = (day: string) => new Date(`${day}T23:59:59.999+08:00`)

  it.each([
    ['three days before', '2026-12-07', '2026-12-04'],
    ['a day before, when it holds for less than seven', '2026-11-26', '2026-11-25'],
    ['before days off, when it would fall on one', '2026-11-29', '2026-11-27'],
  ])('is told %s', async (_what, last, expected) => {
    const { versionId } = await quotes.sent('wmRenji', { validUntil: endOf(last) })
    await sends(versionId)
    await sends(versionId)
    const morning = new Date(`${expected}T08:00:00+08:00`)
    await news.says(at(-HOUR, morning))
    expect(await told('quote-expiring')).toEqual([])
    await passes(at(HOUR, morning), morning, 30 * MINUTE)
    await news.says(endOf(last))
    expect(await told('quote-expiring')).toEqual([expect.stringMatching(new RegExp(`^${expected} 08:[0-5]\\d 王磊$`))])
  })

  it('is told of the newest version only, and not after an answer', async () => {
    const validUntil = endOf('2026-11-26')
    const { versionId, quoteId } = await quotes.sent('wmRenji', { validUntil })
    await sends(versionId)
    const second = await quotes.version(quoteId, { validUntil })
    await sends(second.versionId, at(HOUR))
    await passes(at(2 * DAY), at(DAY))
    expect(await told('quote-expiring')).toHaveLength(1)
    const other = await quotes.sent('wmRenji', { validUntil })
    await sends(other.versionId)
    const answer = await quotes.answer(other.quoteId, other.versionId, 'decline', at(HOUR))
    await inWork(cast.db, (work) => tellAnswered(work, answer), at(HOUR))
    await passes(at(3 * DAY), at(2 * DAY))
    expect(await told('quote-expiring')).toHaveLength(1)
  })
})
