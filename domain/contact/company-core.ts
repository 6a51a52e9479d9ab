import { Prisma } from '../../lib/db.js'

/** SQL for `coreOf(name)` of first-contact/same-company.ts, which says what it does; a test holds the two together. */
export function companyCore(name: Prisma.Sql): Prisma.Sql {
  const plain = Prisma.sql`regexp_replace(lower(normalize(${name}, NFKC)), ${`[\\s·・.,，。、"'“”‘’()\\[\\]【】《》-]`}, '', 'g')`
  const bare = Prisma.sql`regexp_replace(${plain}, '(集团)?(股份|责任)?(有限)?(责任|股份)?公司$', '')`
  return Prisma.sql`coalesce(nullif(${bare}, ''), ${plain})`
}
