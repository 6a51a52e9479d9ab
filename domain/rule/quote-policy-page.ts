import type { Reader } from '../../lib/db.js'
import { isRole } from '../person/actor.js'
import { maySeeMargin } from '../price/may-see-margin.js'
import { listVersions } from './list-versions.js'
import { defaultQuotePolicy, type QuotePolicyHistory, type QuotePolicyPage, quotePolicy } from './quote-policy.contract.js'
import { sayPolicy } from './say-quote-policy.js'

/** The policy with all that its form offers. `lost`: what quotes go without in this installation. */
export async function findPolicyPage(db: Reader, lost: string[]): Promise<QuotePolicyPage> {
  const [newest] = await listVersions(db, 'quotePolicy')
  const people = await db.person.findMany({
    where: { leftAt: null },
    select: { id: true, name: true, roles: true },
    orderBy: { name: 'asc' },
  })
  const customers = await db.customer.findMany({
    where: { region: { not: null } },
    distinct: ['region'],
    select: { region: true },
    orderBy: { region: 'asc' },
  })
  return {
    value: quotePolicy.safeParse(newest?.value).data ?? defaultQuotePolicy,
    ...{ version: newest?.version ?? 0, by: newest?.by ?? null, at: newest?.at ?? null },
    mayEdit: true,
    colleagues: people.filter(({ roles }) => maySeeMargin({ roles: roles.filter(isRole) })).map(({ id, name }) => ({ id, name })),
    regions: customers.flatMap(({ region }) => region ?? []),
    lost,
  }
}

/** Who changed what, the first version against what held before anybody set anything. */
export async function listPolicyHistory(db: Reader): Promise<QuotePolicyHistory> {
  const versions = await listVersions(db, 'quotePolicy')
  const people = await db.person.findMany({ select: { id: true, name: true } })
  const nameOf = new Map(people.map(({ id, name }) => [id, name]))
  const said = versions.map(({ value }) => sayPolicy(quotePolicy.safeParse(value).data ?? defaultQuotePolicy, nameOf))
  const standing = sayPolicy(defaultQuotePolicy, nameOf)
  return {
    versions: versions.map(({ version, by, at }, i) => {
      const [after, before] = [said[i] ?? standing, said[i + 1] ?? standing]
      const changes = Object.entries(after).flatMap(([what, words]) =>
        words === before[what] ? [] : [{ what, before: before[what] ?? '', after: words }],
      )
      return { version, by, at, changes }
    }),
  }
}
