import type { Prisma } from '../../lib/db.js'
import { marginBpOf } from '../price/margin-of.js'
import type { QuoteContent, VersionView, VisitView } from './quote.contract.js'
import { personOf } from './view-brief.js'

export const versionWith = {
  sentBy: { select: { id: true, name: true, roles: true } },
  files: { where: { kind: 'pdf' }, select: { id: true, sha256: true } },
  links: {
    select: { visits: { include: { contact: { select: { name: true } } }, orderBy: { openedAt: 'asc' } } },
    orderBy: { createdAt: 'asc' },
  },
} satisfies Prisma.QuoteVersionInclude

type Row = Prisma.QuoteVersionGetPayload<{ include: typeof versionWith }>
type VisitRow = Row['links'][number]['visits'][number]

/** `seesMargin`: may read what is left of it. */
export const viewVersion = (row: Row, seesMargin: boolean): VersionView => ({
  id: row.id,
  version: row.version,
  content: contentOf(row),
  sentAt: row.sentAt.toISOString(),
  sentBy: personOf(row.sentBy),
  validUntil: row.validUntil.toISOString(),
  withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
  givenAt: row.givenAt?.toISOString() ?? null,
  openedAt: row.openedAt?.toISOString() ?? null,
  marginBp: seesMargin ? marginBpOf({ ...contentOf(row), costFen: row.costFen }) : null,
  pdf: row.files[0] ?? null,
  // A link that was made anew counts its devices anew; on the page they are of one version.
  visits: row.links.flatMap((link) => link.visits).map((visit, n) => viewVisit(visit, n + 1)),
})

const contentOf = (row: Row) => row.content as unknown as QuoteContent

function viewVisit(row: VisitRow, number: number): VisitView {
  const sections = row.sections as Record<string, number>
  return {
    number,
    code: row.viewer.slice(0, 6).toUpperCase(),
    who: row.contact?.name ?? null,
    device: row.device,
    openedAt: row.openedAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
    opens: row.opens,
    seconds: Object.values(sections).reduce((sum, seconds) => sum + seconds, 0),
    sections,
    stoppedAt: row.stoppedAt,
  }
}
