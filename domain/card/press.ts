import { Refused } from '../../lib/errors.js'
import { isUuid } from '../../lib/ids.js'
import type { Work } from '../work.js'
import { followUp } from './redraw-card.js'

/** WeCom's response code lives 72 hours (official page 94888); a margin, because the platform counts from its own clock. */
export const CODE_LIFE_MS = 72 * 3_600_000 - 60_000

/** The card behind a pressed copy, which must be this person's own. The fresh code of the click is kept with it. */
export async function openCopy(work: Work, press: { copyId: string; personId: string; code: string | null }) {
  if (!isUuid(press.copyId)) throw new Refused('no-such-card', '这张卡片已经失效', 404)
  const copy = await work.tx.cardCopy.findUnique({ where: { id: press.copyId }, include: { card: true } })
  if (!copy || copy.personId !== press.personId) throw new Refused('not-your-card', '这张卡片不是发给你的', 403)
  await noteArrived(work, copy)
  if (press.code === null) return copy
  const codeUntil = new Date(work.now.getTime() + CODE_LIFE_MS)
  await work.tx.cardCopy.update({ where: { id: copy.id }, data: { code: press.code, codeUntil } })
  return { ...copy, code: press.code, codeUntil }
}

/** Who presses has it, though its receipt may not be kept yet: what they say now is said after it arrived, not before. */
async function noteArrived(work: Work, { id, state }: { id: string; state: string }): Promise<void> {
  if (state !== 'queued') return
  await work.tx.cardCopy.updateMany({ where: { id, state: 'queued' }, data: { state: 'submitted', stateAt: work.now } })
}

/** The press changed nothing, or nothing more: at least this person's own card is put right. */
export const putRight = (work: Work, copy: Parameters<typeof followUp>[1] & { card: { version: number } }) =>
  followUp(work, copy, copy.card.version)

/** The same, where the press came from a page and not from one particular card: all of the subject, also 「<subject>#2.0」. */
export async function putRightCopies(work: Work, { subject, personId }: { subject: string; personId: string }): Promise<void> {
  const copies = await work.tx.cardCopy.findMany({
    where: { personId, card: { OR: [{ subject }, { subject: { startsWith: `${subject}#` } }] } },
    include: { card: true },
  })
  for (const copy of copies) await putRight(work, copy)
}
