import { newId, sha256 } from '../../lib/ids.js'
import { canonical, record } from '../audit/record.js'
import type { Work } from '../work.js'

export type Pdf = { data: Uint8Array<ArrayBuffer>; sha256: string }

/** A version's PDF, once: a second one is dropped. Its hash goes into the audit chain. */
export async function keepQuotePdf(work: Work, versionId: string, pdf: Pdf): Promise<void> {
  const version = await work.tx.quoteVersion.findUniqueOrThrow({ where: { id: versionId }, omit: { content: true } })
  const { count } = await work.tx.quoteFile.createMany({
    data: { ...fileOf(pdf, work.now), versionId, kind: 'pdf' },
    skipDuplicates: true,
  })
  if (count === 0) return
  const { quoteId, version: number, contentHash } = version
  await record(work, {
    ...{ actor: 'system', verb: 'quote-pdf-made', subject: `quote:${quoteId}` },
    content: { version: number, contentHash, sha256: pdf.sha256 },
  })
  work.touched.add(`quote:${quoteId}`)
}

/** The PDF of an acceptance, once. */
export async function keepAcceptedPdf(work: Work, answerId: string, pdf: Pdf & { acceptanceHash: string }): Promise<void> {
  const answer = await work.tx.quoteAnswer.findUniqueOrThrow({
    where: { id: answerId },
    select: { quoteId: true, versionId: true, version: { select: { version: true, contentHash: true } } },
  })
  const { count } = await work.tx.quoteFile.createMany({
    data: { ...fileOf(pdf, work.now), versionId: answer.versionId, answerId, kind: 'accepted-pdf' },
    skipDuplicates: true,
  })
  if (count === 0) return
  const { version, contentHash } = answer.version
  await record(work, {
    ...{ actor: 'system', verb: 'quote-acceptance-made', subject: `quote:${answer.quoteId}` },
    content: { answerId, version, contentHash, acceptanceHash: pdf.acceptanceHash, sha256: pdf.sha256 },
  })
  work.touched.add(`quote:${answer.quoteId}`)
}

const fileOf = ({ data, sha256 }: Pdf, at: Date) => ({ id: newId(), type: 'application/pdf', sha256, data, at })

type Accepted = {
  contentHash: string
  name: string | null
  phone: string | null
  words: string | null
  signature: Uint8Array | null
}
type Circumstances = { answerId: string; at: Date; ip: string; device: string }

/** One hash over what was confirmed, by whom, when and from where: it stands in print and in the audit chain. */
export const hashAcceptance = ({ signature, at, ...rest }: Accepted & Circumstances): string =>
  sha256(canonical({ ...rest, at: at.toISOString(), signature: signature ? sha256(Buffer.from(signature)) : null }))
