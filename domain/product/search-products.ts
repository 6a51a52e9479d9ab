import { Prisma, type Reader } from '../../lib/db.js'
import type { ProductBrief } from './product.contract.js'
import { plainOf } from './search-text.js'
import { briefsOf } from './view-product.js'

type Asked = {
  /** A name, a nickname, a code, a spec, or how they are typed; several words, or 「M8螺丝」, all have to be there. */
  query: string
  take: number
  from?: number
  /** Stopped ones too. */
  stopped?: boolean
  line?: string | null
}

/**
 * The products that are meant, the surest first: what is called exactly that, then what begins so. An empty query is all of
 * them. A few thousand short texts are looked through faster than an index of trigrams is kept.
 */
export async function searchProducts(
  db: Reader,
  { query, take, from = 0, stopped = false, line = null }: Asked,
): Promise<ProductBrief[]> {
  const whole = plainOf(query)
  if (query.trim() && !whole) return []
  const words = wordsOf(query)
  const holds = words.map((word) => Prisma.sql`strpos(search, ${word}) > 0`)
  const begins = words.map((word) => Prisma.sql`(strpos(search, ${`\n${word}`}) = 0)::int`)
  const rank = whole
    ? Prisma.sql`CASE WHEN strpos(search, ${`\n${whole}\n`}) > 0 THEN -2 WHEN strpos(search, ${`\n${whole}`}) > 0 THEN -1
        ELSE ${Prisma.join(begins, ' + ')} END, length(name),`
    : Prisma.empty
  const where = Prisma.join(
    [
      ...(stopped ? [] : [Prisma.sql`stopped_at IS NULL`]),
      ...(line === null ? [] : [Prisma.sql`line = ${line}`]),
      ...holds,
      Prisma.sql`true`,
    ],
    ' AND ',
  )
  const found = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM product WHERE ${where} ORDER BY ${rank} name, spec, id LIMIT ${take} OFFSET ${from}`
  return briefsOf(
    db,
    found.map(({ id }) => id),
  )
}

/** 「M8螺丝 镀锌」 → m8, 螺丝, 镀锌; 「m8luosi」 → m8, luosi. */
const wordsOf = (query: string): string[] => [
  ...new Set(
    query
      .normalize('NFKC')
      .replace(/(?<=\d)\s*[*×✕✖]\s*(?=\d)/g, 'x')
      .split(
        /[\s,，、;；]+|(?<=\p{Script=Han})(?!\p{Script=Han})|(?<!\p{Script=Han})(?=\p{Script=Han})|(?<=\d)(?=[a-z]{2})|(?<=[a-z]{2})(?=\d)/iu,
      )
      .map(plainOf)
      .filter(Boolean),
  ),
]
