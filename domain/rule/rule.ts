import type { Prisma, Reader } from '../../lib/db.js'
import { record } from '../audit/record.js'
import type { Work } from '../work.js'

/** The value in force, or null when nobody ever set one. */
export async function findRule(db: Reader, name: string): Promise<unknown> {
  const rule = await db.rule.findFirst({ where: { name }, orderBy: { version: 'desc' }, select: { value: true } })
  return rule?.value ?? null
}

/** Settings are never overwritten: a new version is added, with who and when. */
export async function setRule(work: Work, rule: { name: string; value: Prisma.InputJsonValue; by: string }): Promise<number> {
  // Two at once must not both be the next version.
  await work.tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`rule:${rule.name}`}, 2))`
  const last = await work.tx.rule.findFirst({
    where: { name: rule.name },
    orderBy: { version: 'desc' },
    select: { version: true },
  })
  const version = (last?.version ?? 0) + 1
  await work.tx.rule.create({ data: { ...rule, version, at: work.now } })
  await record(work, { actor: rule.by, verb: 'rule-set', subject: `rule:${rule.name}`, content: { version, value: rule.value } })
  return version
}
