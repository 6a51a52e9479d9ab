import type { Actor } from '../person/actor.js'
import type { Role } from '../person/person.contract.js'

const SEE: Role[] = ['manager', 'lead', 'finance', 'admin', 'product']

/** Costs and margins. A rep is told that something is too low, never by how much. */
export const maySeeMargin = (actor: Pick<Actor, 'roles'>): boolean => actor.roles.some((role) => SEE.includes(role))
