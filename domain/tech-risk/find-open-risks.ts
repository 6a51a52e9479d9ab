import type { Reader } from '../../lib/db.js'
import type { RiskView } from '../product/product.contract.js'
import { viewRisk, withNames } from './view-risk.js'

/**
 * What a quote to this customer with these products has to acknowledge: risks of the customer, of a product, and of one of these
 * products at this customer. Without a customer: of the products alone. The oldest first.
 */
export async function findOpenRisks(
  db: Reader,
  { customerId, productIds }: { customerId: string | null; productIds: string[] },
): Promise<RiskView[]> {
  const found = await db.techRisk.findMany({
    where: {
      closedAt: null,
      AND: [
        { OR: [{ customerId: null }, ...(customerId ? [{ customerId }] : [])] },
        { OR: [{ productId: null }, { productId: { in: productIds } }] },
      ],
      OR: [{ customerId: { not: null } }, { productId: { not: null } }],
    },
    include: withNames,
    orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
  })
  return found.map(viewRisk)
}
