import type { Prisma } from '../../lib/db.js'
import type { RiskView } from '../product/product.contract.js'

export const withNames = {
  product: { select: { id: true, name: true } },
  customer: { select: { id: true, name: true } },
  openedBy: { select: { name: true } },
} satisfies Prisma.TechRiskInclude

export const viewRisk = (row: Prisma.TechRiskGetPayload<{ include: typeof withNames }>): RiskView => ({
  id: row.id,
  words: row.words,
  product: row.product,
  customer: row.customer,
  openedBy: row.openedBy.name,
  openedAt: row.openedAt.toISOString(),
})
