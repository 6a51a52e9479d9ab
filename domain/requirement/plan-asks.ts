import type { ChangeType } from '../message/message.contract.js'
import { type Role, roleName } from '../person/person.contract.js'
import type { Responder } from '../rule/responders.contract.js'
import type { Purpose } from './requirement.contract.js'

export type Colleague = { id: string; roles: string[] }
export type PlannedAsk = { purpose: Purpose; role: Role; people: string[]; standsInFor: string | null }

type Situation = {
  rows: Responder[]
  productLine: string | null
  types: ChangeType[]
  /** Everybody who has not left. */
  colleagues: Colleague[]
  /** The rep's manager, who answers where nobody holds the role. */
  managerId: string | null
}

/**
 * Who is asked about a change. A product line's own rows win over the general ones; a named person over the holders of
 * the role, then the substitute, then the rep's manager, then any manager or administrator: a question always finds
 * somebody. The same person twice is one card, and being asked to confirm comes first.
 */
export function planAsks({ rows, productLine, types, colleagues, managerId }: Situation): PlannedAsk[] {
  const own = rows.filter((row) => row.productLine !== null && row.productLine === productLine)
  const valid = (own.length > 0 ? own : rows.filter((row) => row.productLine === null)).filter((row) =>
    row.types.some((type) => type === '*' || types.includes(type)),
  )
  const asked = new Set<string>()
  const planned: PlannedAsk[] = []
  for (const row of [...valid.filter((r) => r.purpose === 'confirm'), ...valid.filter((r) => r.purpose === 'assess')]) {
    if (planned.some((ask) => ask.purpose === row.purpose && ask.role === row.role)) continue
    const { people, standsIn } = resolve(row, colleagues, managerId)
    const fresh = people.filter((id) => !asked.has(id))
    if (fresh.length === 0) continue
    for (const id of fresh) asked.add(id)
    planned.push({ purpose: row.purpose, role: row.role, people: fresh, standsInFor: standsIn ? roleName[row.role] : null })
  }
  return planned
}

function resolve(row: Responder, colleagues: Colleague[], managerId: string | null): { people: string[]; standsIn: boolean } {
  const here = (id: string | null): id is string => id !== null && colleagues.some((one) => one.id === id)
  const holders = (...roles: Role[]) =>
    colleagues.filter((one) => roles.some((role) => one.roles.includes(role))).map((one) => one.id)
  if (here(row.person)) return { people: [row.person], standsIn: false }
  const inRole = holders(row.role)
  if (row.person === null && inRole.length > 0) return { people: inRole, standsIn: false }
  if (here(row.substitute)) return { people: [row.substitute], standsIn: true }
  if (inRole.length > 0) return { people: inRole, standsIn: false }
  if (here(managerId)) return { people: [managerId], standsIn: true }
  const anyManager = holders('manager')
  return { people: anyManager.length > 0 ? anyManager : holders('admin'), standsIn: true }
}
