import type { Actor } from '../person/actor.js'
import type { Role } from '../person/person.contract.js'

const WHO: Role[] = ['pre-sales', 'product', 'engineer', 'lead', 'manager', 'admin']

/** Whoever knows the matter says what may go wrong, and that it is mended. A rep would rather sell. */
export const mayJudgeRisks = (actor: Actor): boolean => actor.roles.some((role) => WHO.includes(role))
