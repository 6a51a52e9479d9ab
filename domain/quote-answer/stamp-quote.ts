import { Refused } from '../../lib/errors.js'
import { newId, sha256 } from '../../lib/ids.js'
import { pictureType } from '../../lib/picture-type.js'
import { record } from '../audit/record.js'
import type { Work } from '../work.js'
import { holdByToken } from './hold-by-token.js'

/** Pages of one paper, and one or two that were unreadable. */
const MOST_FILES = 6

type Stamped = {
  token: string
  data: Buffer
  /** A colleague's person id, or 'customer'. */
  by: string
}

/**
 * 盖章回传: a photo or a PDF of the quote with the customer's seal on it, for a confirmation that wants one. Kept as it came,
 * its SHA-256 in the audit. Brought twice is once. Returns how many there are.
 */
export async function stampQuote(work: Work, { token, data, by }: Stamped): Promise<number> {
  const { quote, version } = await holdByToken(work, token)
  const accepted = await work.tx.quoteAnswer.findFirst({
    where: { versionId: version.id, kind: 'accept' },
    include: { files: { where: { kind: 'stamped' }, select: { sha256: true } } },
  })
  if (!accepted) throw new Refused('not-accepted', '请先确认报价，再回传盖章件', 409)
  const type = fileType(data)
  if (!type) throw new Refused('bad-file', '请上传照片或 PDF')
  const hash = sha256(data)
  if (accepted.files.some((file) => file.sha256 === hash)) return accepted.files.length
  if (accepted.files.length >= MOST_FILES) throw new Refused('too-many', '已经收到好几份了，够了，谢谢', 409)
  await work.tx.quoteFile.create({
    data: {
      ...{ id: newId(), versionId: version.id, answerId: accepted.id, kind: 'stamped' },
      ...{ type, sha256: hash, data: new Uint8Array(data), at: work.now },
    },
  })
  if (!accepted.stampedAt) await work.tx.quoteAnswer.update({ where: { id: accepted.id }, data: { stampedAt: work.now } })
  const content = { answer: accepted.id, sha256: hash, type }
  await record(work, { actor: by, verb: 'quote-stamped', subject: `quote:${quote.id}`, content })
  work.touched.add(`quote:${quote.id}`)
  return accepted.files.length + 1
}

/** By its first bytes, whatever the phone calls it. HEIC, which no browser but one shows, is turned into JPEG by the page. */
const fileType = (data: Buffer): string | null =>
  data.subarray(0, 5).toString('latin1') === '%PDF-' ? 'application/pdf' : pictureType(data)
