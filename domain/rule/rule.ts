import type { Prisma, Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { record } from '../audit/record.js'
import type { Work } from '../work.js'

/** The value in force, or null when nobody ever set one. */
export async function findRule(db: Reader, name: string): Promise<unknown> {
  const rule = await db.rule.findFirst({ where: { name }, orderBy: { version: 'desc' }, select: { value: true } })
  return rule?.value ?? null
}

type NewRule = { name: string; value: Prisma.InputJsonValue; by: string }

/**
 * Settings are never overwritten: a new version is added, with who and when. `expected` is the version that its author saw
 * (0: none): when another one stands by now, nothing is set.
 */
export async function setRule(work: Work, rule: NewRule, expected?: number): Promise<number> {
  // Two at once must not both be the next version.
  await work.tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`rule:${rule.name}`}, 2))`
  const last = await work.tx.rule.findFirst({
    where: { name: rule.name },
    orderBy: { version: 'desc' },
    select: { version: true },
  })
  if (expected !== undefined && expected !== (last?.version ?? 0))
    throw new Refused('changed-meanwhile', '刚刚有别人改过，先看看改了什么再保存', 409)
  const version = (last?.version ?? 0) + 1
  await work.tx.rule.create({ data: { ...rule, version, at: work.now } })
  await record(work, { actor: rule.by, verb: 'rule-set', subject: `rule:${rule.name}`, content: { version, value: rule.value } })
  return version
}
