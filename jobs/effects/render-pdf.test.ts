import { beforeEach, expect, it } from 'vitest'
import { askAcceptedPdf, askQuotePdf } from '../../domain/quote/ask-pdf.js'
import { keepQuotePdf } from '../../domain/quote/keep-pdf.js'
import { newId, sha256 } from '../../lib/ids.js'
import { useDelivery } from '../../test/factories/delivery.js'
import { chatOnly } from '../../test/factories/outlets.js'
import { type SentOne, sendOne } from '../../test/factories/sent-quote.js'
import { at, HOUR, inWork, MINUTE, NOW } from '../../test/factories/work.js'
import { pngOf } from '../pdf/fixtures/png.js'

const bench = useDelivery()
let sent: SentOne

beforeEach(async () => {
  sent = await sendOne(bench.db, bench.cast, { at: NOW })
})

async function accepts(kind = 'accept'): Promise<string> {
  const id = newId()
  const told = { name: '黄建国', phone: chatOnly.phones.seal('13912345678'), signature: pngOf(40, [9, 9, 9], true) }
  await bench.db.quoteAnswer.create({
    data: {
      ...{ id, kind, quoteId: sent.quoteId, versionId: sent.versionId, requestId: newId(), at: at(HOUR) },
      ...{ ...told, signature: Uint8Array.from(told.signature), ip: '203.0.113.7', device: 'iPhone · 微信' },
    },
  })
  return id
}
const files = () => bench.db.quoteFile.findMany({ where: { versionId: sent.versionId }, orderBy: { at: 'asc' } })
const audit = async () => {
  const rows = await bench.db.auditEntry.findMany({ where: { subject: `quote:${sent.quoteId}` }, include: { content: true } })
  return rows.map(({ verb, content }) => ({ verb, ...(content?.content as object) }))
}
const contentHash = async () => (await bench.db.quoteVersion.findUniqueOrThrow({ where: { id: sent.versionId } })).contentHash

it('a version becomes a file whose hash stands in the audit chain; asked for again it is the same one', async () => {
  await inWork(bench.db, (work) => askQuotePdf(work, sent.versionId))
  await inWork(bench.db, (work) => askQuotePdf(work, sent.versionId))
  await bench.work()
  const [file, ...others] = await files()
  expect(others).toEqual([])
  expect(file).toMatchObject({ kind: 'pdf', type: 'application/pdf', answerId: null })
  const bytes = Buffer.from(file?.data ?? [])
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
  expect(file?.sha256).toBe(sha256(bytes))
  expect(await audit()).toEqual([{ verb: 'quote-pdf-made', version: 1, contentHash: await contentHash(), sha256: file?.sha256 }])
  // The receipt that people read holds no bytes.
  expect(await bench.rows()).toMatchObject([{ state: 'done', receipt: { bytes: bytes.length, sha256: file?.sha256 } }])
})

it('a worker that died over it: another draws the same bytes, and one file stands', async () => {
  await inWork(bench.db, (work) => askQuotePdf(work, sent.versionId))
  // Claimed, drawn perhaps, and never heard of again.
  await bench.claim()
  bench.now = at(2 * MINUTE)
  await bench.work()
  const [file, ...others] = await files()
  expect(others).toEqual([])
  await bench.db.$executeRaw`UPDATE outbox SET state = 'open', lease_until = NULL, called_at = NULL`
  await bench.work()
  // A third was still at it, and comes last.
  await inWork(bench.db, (work) => keepQuotePdf(work, sent.versionId, { data: Uint8Array.from([1]), sha256: 'late' }))
  expect((await files()).map(({ id }) => id)).toEqual([file?.id])
  expect(await audit()).toHaveLength(1)
})

it('an acceptance: its file, and in the audit its hash, the quote’s and that of what was confirmed', async () => {
  const answerId = await accepts()
  await inWork(bench.db, (work) => askAcceptedPdf(work, answerId))
  await bench.work()
  const [file] = await files()
  expect(file).toMatchObject({ kind: 'accepted-pdf', answerId, sha256: sha256(Buffer.from(file?.data ?? [])) })
  const [entry] = await audit()
  expect(entry).toMatchObject({ verb: 'quote-acceptance-made', answerId, contentHash: await contentHash(), sha256: file?.sha256 })
  expect(entry).toHaveProperty('acceptanceHash', expect.stringMatching(/^[0-9a-f]{64}$/))
})

it('what was no acceptance becomes no paper', async () => {
  const answerId = await accepts('ask')
  await inWork(bench.db, (work) => askAcceptedPdf(work, answerId))
  await bench.work()
  expect(await files()).toEqual([])
  expect(await bench.rows()).toMatchObject([{ state: 'done', receipt: { skipped: 'nothing was accepted' } }])
})
