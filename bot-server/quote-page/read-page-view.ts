import type { findByToken } from '../../domain/quote/find-by-token.js'
import { type QuoteContent, quoteContent } from '../../domain/quote/quote.contract.js'
import { maskName } from '../../domain/quote-answer/assert-answerable.js'
import type { Db } from '../../lib/db.js'
import { formatClock, shanghaiDay } from '../../lib/format/dates.js'
import type { OwnWords, QuotePageView } from './page-view.js'

export type Found = Exclude<Awaited<ReturnType<typeof findByToken>>, { state: 'wrong' }>

/** Pictures of a quote, each once, in the order of its lines. Its place among them is how the page asks for one. */
export const picturesOf = ({ lines }: Pick<QuoteContent, 'lines'>): string[] => [
  ...new Set(lines.flatMap(({ pictureId }) => pictureId ?? [])),
]

export const contentOf = ({ version }: Found): QuoteContent => quoteContent.parse(version.content)

type Looking = { token: string; viewer: string | null; contactId: string | null; now: Date }
type Read = Omit<QuotePageView, 'assets' | 'canShare'>

/** What the page shows to this device: what was sent, and what this device itself said to it. */
export async function readPageView(db: Db, found: Found & { state: 'open' | 'replaced' }, look: Looking): Promise<Read> {
  const content = contentOf(found)
  const { token, viewer, now } = look
  const [answers, visit, pdf, widths, contact] = await Promise.all([
    db.quoteAnswer.findMany({
      where: { quoteId: found.quote.id },
      omit: { signature: true },
      include: { files: { where: { kind: 'accepted-pdf' }, select: { sha256: true } } },
      orderBy: { at: 'asc' },
    }),
    viewer ? db.quoteVisit.findUnique({ where: { linkId_viewer: { linkId: found.link.id, viewer } } }) : null,
    db.quoteFile.count({ where: { versionId: found.version.id, kind: 'pdf' } }),
    db.productPicture.findMany({ where: { id: { in: picturesOf(content) } }, select: { id: true, width: true } }),
    look.contactId ? db.contact.findUnique({ where: { id: look.contactId }, select: { name: true } }) : null,
  ])
  const isMine = (answer: { visitId: string | null }) => visit !== null && answer.visitId === visit.id
  const accept = answers.find(({ kind, versionId }) => kind === 'accept' && versionId === found.version.id)
  const width = new Map(widths.map((picture) => [picture.id, picture.width]))
  return {
    ...{ token, content, now, state: found.state, hasPdf: pdf > 0 },
    newer: found.newest && found.newest.version > found.version.version ? { version: found.newest.version } : null,
    accepted: accept
      ? {
          name: isMine(accept) ? (accept.name ?? '') : maskName(accept.name ?? ''),
          at: accept.at,
          mine: isMine(accept),
          wantsStamp: accept.wantsStamp,
          stamped: accept.stampedAt !== null,
          paperHash: accept.files[0]?.sha256 ?? null,
        }
      : null,
    own: answers
      .filter((answer) => answer.kind !== 'accept' && isMine(answer))
      .map(({ kind, words, at, reply }) => ({ kind: kind as OwnWords['kind'], words: words ?? '', at, reply })),
    pictures: new Map(
      picturesOf(content).flatMap((id, place) => (width.has(id) ? [[id, { place, width: width.get(id) ?? 0 }]] : [])),
    ),
    viewer: [
      contact?.name ?? content.to.company,
      ...(viewer ? [viewer.slice(0, 6).toUpperCase()] : []),
      `${shanghaiDay(now)} ${formatClock(now)}`,
    ].join(' · '),
  }
}
