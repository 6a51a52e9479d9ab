import { record } from '../audit/record.js'
import { redrawCard } from '../card/redraw-card.js'
import type { Work } from '../work.js'

/** Roles that see other people's customers. */
const GIVEN_ANEW = ['lead', 'manager', 'admin']

/**
 * The account is there again: its owner may log in, and what was handed on stays where it is. Customers that nobody was
 * given are still theirs. A userid may have passed to somebody else, so what sees beyond one's own customers has to be given
 * anew, and so have phone and mail. False: they had not left, or only after `at`: what is told late brings nobody back.
 */
export async function comeBack(work: Work, personId: string, at = work.now): Promise<boolean> {
  const person = await work.tx.person.findUnique({ where: { id: personId }, select: { leftAt: true, roles: true } })
  if (!person?.leftAt || person.leftAt > at) return false
  const roles = person.roles.filter((role) => !GIVEN_ANEW.includes(role))
  const lost = person.roles.filter((role) => GIVEN_ANEW.includes(role))
  await work.tx.person.update({ where: { id: personId }, data: { leftAt: null, roles: roles.length > 0 ? roles : ['rep'] } })
  const [open] = await work.tx.handover.updateManyAndReturn({
    where: { personId, closedAt: null },
    data: { closedAt: work.now },
    select: { id: true },
  })
  const card = open && (await work.tx.card.findFirst({ where: { kind: 'handover', subject: `handover:${open.id}` } }))
  if (card) await redrawCard(work, card.id)
  await record(work, { actor: 'system', verb: 'person-came-back', subject: `person:${personId}`, content: { lost } })
  work.touched.add(`handover:${personId}`)
  return true
}
