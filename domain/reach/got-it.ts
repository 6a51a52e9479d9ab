import { redrawCard } from '../card/redraw-card.js'
import type { Work } from '../work.js'

/** 收到了: by the button of the card, or on the page. False: it was said before, or it is another's. */
export async function confirmTry(work: Work, personId: string, tryId: string): Promise<boolean> {
  const found = await work.tx.reachTry.findFirst({ where: { id: tryId, personId, confirmedAt: null } })
  if (!found) return false
  await confirm(work, found)
  return true
}

/** 收到了 by the link of a letter, without a login: whoever has the letter has its token. Once, and not after its time. */
export async function confirmByToken(work: Work, token: string, machineNow: Date): Promise<boolean> {
  const found = await findByToken(work, token, machineNow)
  if (!found) return false
  await confirm(work, found)
  return true
}

export const findByToken = (work: Pick<Work, 'tx'>, token: string, machineNow: Date) =>
  work.tx.reachTry.findFirst({ where: { token, confirmedAt: null, until: { gt: machineNow }, person: { leftAt: null } } })

async function confirm(work: Work, { id, personId, channel }: { id: string; personId: string; channel: string }): Promise<void> {
  await work.tx.reachTry.updateMany({ where: { id, confirmedAt: null }, data: { confirmedAt: work.now, token: null } })
  await work.tx.reach.upsert({
    where: { personId_channel: { personId, channel } },
    create: { personId, channel, confirmedAt: work.now },
    update: { confirmedAt: work.now },
  })
  const card = await work.tx.card.findUnique({ where: { kind_subject: { kind: 'try-one', subject: `try:${id}` } } })
  if (card) await redrawCard(work, card.id)
  work.touched.add(`person:${personId}`)
}
