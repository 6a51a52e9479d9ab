import { record } from '../audit/record.js'
import type { Work } from '../work.js'
import type { Role } from './person.contract.js'

/** Gives a role to who hasn't it yet; it is on record who got it and why. */
export async function grantRole(work: Work, personId: string, { role, why }: { role: Role; why: string }): Promise<void> {
  const { count } = await work.tx.person.updateMany({
    where: { id: personId, NOT: { roles: { has: role } } },
    data: { roles: { push: role } },
  })
  if (count > 0)
    await record(work, { actor: 'system', verb: 'role-granted', subject: `person:${personId}`, content: { role, why } })
}
