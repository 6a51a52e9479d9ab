import { keepQuotePdf, type Pdf } from '../../domain/quote/keep-pdf.js'
import { quoteContent } from '../../domain/quote/quote.contract.js'
import { sha256 } from '../../lib/ids.js'
import { type Done, defineEffect, done, type Skipped, skip } from '../define.js'
import { readPictures } from '../pdf/read-pictures.js'
import { renderPdf } from '../pdf/render.js'

/** The bytes go to their own row, not into the receipt that people read. */
type Made = Pdf & { toJSON(): object }

/** A version that was sent, as a PDF. Died in between: drawn again, and the same sheet is the same bytes. */
export default defineEffect({
  name: 'render-quote-pdf',
  ifUnknown: 'repeat',
  async run({ db }, { versionId }): Promise<Skipped | Done<Made>> {
    if (await db.quoteFile.findFirst({ where: { versionId, kind: 'pdf' }, select: { id: true } }))
      return skip('it stands already')
    const version = await db.quoteVersion.findUniqueOrThrow({ where: { id: versionId } })
    const content = quoteContent.parse(version.content)
    const pictures = await readPictures(db, content)
    const data = Uint8Array.from(await renderPdf({ content, contentHash: version.contentHash, pictures, acceptance: null }))
    const hash = sha256(Buffer.from(data))
    return done({ data, sha256: hash, toJSON: () => ({ bytes: data.length, sha256: hash }) })
  },
  keep: (work, { versionId }, pdf) => keepQuotePdf(work, versionId, pdf),
})
