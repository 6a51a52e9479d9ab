import type { Reader } from '../../../lib/db.js'
import type { Actor } from '../../person/actor.js'

/** Their own manager or the lead of their team, any sales manager; an organisation without one is not stuck. */
export async function isAbove(db: Reader, actor: Actor, personId: string): Promise<boolean> {
  if (actor.roles.includes('manager')) return true
  const person = await db.person.findUnique({ where: { id: personId }, select: { managerId: true, teamId: true } })
  if (person?.managerId === actor.personId) return true
  return actor.roles.includes('lead') && actor.teamId !== null && person?.teamId === actor.teamId && actor.personId !== personId
}
