import { hashAcceptance, keepAcceptedPdf, type Pdf } from '../../domain/quote/keep-pdf.js'
import { quoteContent } from '../../domain/quote/quote.contract.js'
import { sha256 } from '../../lib/ids.js'
import { type Done, defineEffect, done, type Skipped, skip } from '../define.js'
import { readPictures } from '../pdf/read-pictures.js'
import { renderPdf } from '../pdf/render.js'

type Made = Pdf & { acceptanceHash: string; toJSON(): object }

/** What a customer confirmed, for both sides. Died in between: drawn again, and the same answer is the same bytes. */
export default defineEffect({
  name: 'render-accepted-pdf',
  ifUnknown: 'repeat',
  async run({ db, outlets }, { answerId }): Promise<Skipped | Done<Made>> {
    const answer = await db.quoteAnswer.findUniqueOrThrow({ where: { id: answerId }, include: { version: true } })
    if (answer.kind !== 'accept') return skip('nothing was accepted')
    if (await db.quoteFile.findFirst({ where: { answerId, kind: 'accepted-pdf' }, select: { id: true } }))
      return skip('it stands already')
    const { name, words, signature, ip, device, wantsStamp, at } = answer
    const phone = answer.phone ? outlets.phones.open(answer.phone) : null
    const { contentHash } = answer.version
    const hash = hashAcceptance({ answerId, contentHash, name, phone, words, signature, at, ip, device })
    const content = quoteContent.parse(answer.version.content)
    const said = { name, phone, words, signature, ip, device, wantsStamp, at: at.toISOString(), hash }
    const pictures = await readPictures(db, content)
    const data = Uint8Array.from(await renderPdf({ content, contentHash, pictures, acceptance: said }))
    const own = sha256(Buffer.from(data))
    return done({ data, sha256: own, acceptanceHash: hash, toJSON: () => ({ bytes: data.length, sha256: own }) })
  },
  keep: (work, { answerId }, pdf) => keepAcceptedPdf(work, answerId, pdf),
})
