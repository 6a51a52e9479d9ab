import type { Reader } from '../../../lib/db.js'
import { shanghaiDay } from '../../../lib/format/dates.js'
import { pricesFor } from '../../price/prices-for.js'
import { findQuotePolicy } from '../../rule/find-quote-policy.js'
import { findOpenRisks } from '../../tech-risk/find-open-risks.js'
import type { QuoteDraft } from '../quote.contract.js'
import type { Facts } from './judged.js'

const DAY_MS = 24 * 3_600_000

type Asked = { customerId: string; quoteId: string | null; draft: QuoteDraft; now: Date }

/** Looks up once what a draft is judged by: a handful of queries however many lines it has. `quoteId` is not counted against itself. */
export async function findFacts(db: Reader, { customerId, quoteId, draft, now }: Asked): Promise<Facts> {
  const today = shanghaiDay(now)
  const customer = await db.customer.findUniqueOrThrow({
    where: { id: customerId },
    select: { tier: true, region: true, creditFen: true, owedFen: true },
  })
  const policy = await findQuotePolicy(db)
  const productIds = [...new Set(draft.lines.flatMap(({ productId }) => productId ?? []))]
  // A gift has a price, and brings nothing nearer to a step.
  const wanted = draft.lines.flatMap(({ productId, qty, gift }) => (productId ? [{ productId, qty: gift ? '0' : qty }] : []))
  const products = await db.product.findMany({
    where: { id: { in: productIds } },
    select: { id: true, cost: true, taxBp: true, stoppedAt: true, stock: true },
  })
  const monthFen = policy.quotas.find(({ region }) => region === customer.region)?.monthFen
  return {
    policy,
    today,
    lastDay: shanghaiDay(now.getTime() + draft.validDays * DAY_MS),
    prices: await pricesFor(db, customer, today, wanted),
    products: new Map(
      products.map(({ id, cost, taxBp, stoppedAt, stock }) => [
        id,
        { cost: cost?.toFixed() ?? null, taxBp, stopped: stoppedAt !== null, stock: stock?.toFixed() ?? null },
      ]),
    ),
    risks: await findOpenRisks(db, { customerId, productIds }),
    credit:
      customer.creditFen === null
        ? null
        : {
            limitFen: customer.creditFen,
            owedFen: customer.owedFen ?? 0n,
            openFen: await acceptedFen(db, { customerId, quoteId }),
          },
    quota:
      customer.region === null || monthFen === undefined
        ? null
        : {
            region: customer.region,
            monthFen: BigInt(monthFen),
            usedFen: await offeredFen(db, { region: customer.region, quoteId, month: today.slice(0, 7) }),
          },
  }
}

type Own = { quoteId: string | null }

/** 分 of what this customer accepted and what is no contract yet. */
async function acceptedFen(db: Reader, { customerId, quoteId }: Own & { customerId: string }): Promise<bigint> {
  const [row] = await db.$queryRaw<{ fen: bigint }[]>`
    SELECT coalesce(sum(v.total_fen), 0)::bigint AS fen FROM quote q
      JOIN quote_answer a ON a.quote_id = q.id AND a.kind = 'accept' JOIN quote_version v ON v.id = a.version_id
    WHERE q.customer_id = ${customerId}::uuid AND q.state = 'accepted' AND q.id IS DISTINCT FROM ${quoteId}::uuid
      AND NOT EXISTS (SELECT 1 FROM contract c WHERE c.quote_id = q.id)`
  return row?.fen ?? 0n
}

/** 分 offered to a region's customers in a month of Shanghai: each quote once, as it stands by its newest version, unless it came to nothing. */
async function offeredFen(db: Reader, { region, quoteId, month }: Own & { region: string; month: string }): Promise<bigint> {
  const [from, until] = [new Date(`${month}-01T00:00:00+08:00`), nextMonth(month)]
  const [row] = await db.$queryRaw<{ fen: bigint }[]>`
    SELECT coalesce(sum(v.total_fen), 0)::bigint AS fen FROM quote_version v
      JOIN quote q ON q.id = v.quote_id JOIN customer c ON c.id = q.customer_id
    WHERE v.sent_at >= ${from} AND v.sent_at < ${until} AND v.withdrawn_at IS NULL AND c.region = ${region}
      AND q.state IN ('sent', 'accepted') AND q.id IS DISTINCT FROM ${quoteId}::uuid
      AND NOT EXISTS (SELECT 1 FROM quote_version n WHERE n.quote_id = v.quote_id AND n.version > v.version)`
  return row?.fen ?? 0n
}

function nextMonth(month: string): Date {
  const [year = 0, number = 0] = month.split('-').map(Number)
  const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
  return new Date(`${next}-01T00:00:00+08:00`)
}
