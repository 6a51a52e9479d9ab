import type { Actor } from '../person/actor.js'

/** Products and their prices are written by who answers for them, and by managers. They see costs anyway. */
export const mayEditProducts = (actor: Actor): boolean =>
  actor.roles.some((role) => role === 'manager' || role === 'admin' || role === 'product')
