import * as z from 'zod/mini'
import type { Prisma, Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import type { Actor } from '../person/actor.js'
import { maySeeMargin } from '../price/may-see-margin.js'
import { param } from '../quote/quote.contract.js'
import { mayJudgeRisks } from '../tech-risk/may-judge-risks.js'
import { viewRisk, withNames } from '../tech-risk/view-risk.js'
import { mayEditProducts } from './may-edit-products.js'
import type { ProductBrief, ProductView } from './product.contract.js'

const paramList = z.array(param)
const shown = {
  where: { droppedAt: null },
  orderBy: [{ position: 'asc' }, { id: 'asc' }],
} satisfies Prisma.ProductPictureFindManyArgs
/** What customers have of their own is no risk of the product. */
const open = { closedAt: null, customerId: null } satisfies Prisma.TechRiskWhereInput
const forBrief = {
  pictures: { ...shown, take: 1, select: { id: true } },
  _count: { select: { risks: { where: open } } },
} satisfies Prisma.ProductInclude

/** In the order of the ids. */
export async function briefsOf(db: Reader, ids: string[]): Promise<ProductBrief[]> {
  const found = await db.product.findMany({ where: { id: { in: ids } }, include: forBrief })
  const byId = new Map(found.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? []).map(briefOf)
}

function briefOf(row: Prisma.ProductGetPayload<{ include: typeof forBrief }>): ProductBrief {
  const { id, code, name, spec, unit, line, taxBp } = row
  return {
    ...{ id, code, name, spec, unit, line, taxBp },
    price: decimalOf(row.price),
    stock: decimalOf(row.stock),
    stockAt: row.stockAt?.toISOString() ?? null,
    params: paramList.parse(row.params),
    pictureId: row.pictures[0]?.id ?? null,
    risks: row._count.risks,
    stopped: row.stoppedAt !== null,
  }
}

/** One product with everything that this actor may see of it. */
export async function getProduct(db: Reader, actor: Actor, id: string): Promise<ProductView> {
  const [brief] = await briefsOf(db, [id])
  const row = await db.product.findUnique({
    where: { id },
    include: {
      pictures: { ...shown, select: { id: true, width: true, height: true } },
      risks: { where: open, include: withNames, orderBy: { openedAt: 'desc' } },
    },
  })
  if (!brief || !row) throw new Refused('no-product', '没有这个产品', 404)
  return {
    ...brief,
    nicknames: row.nicknames,
    cost: maySeeMargin(actor) ? decimalOf(row.cost) : null,
    pictures: row.pictures,
    openRisks: row.risks.map(viewRisk),
    updatedAt: row.updatedAt.toISOString(),
    version: row.version,
    mayEdit: mayEditProducts(actor),
    mayJudge: mayJudgeRisks(actor),
  }
}

/** 「0.035」, whatever its size: never 「3.5e-2」. */
export const decimalOf = (value: Prisma.Decimal | null): string | null => value?.toFixed() ?? null
