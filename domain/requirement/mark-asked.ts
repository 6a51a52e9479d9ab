import type { Work } from '../work.js'
import { tellChange } from './tell-change.js'

/** The question has reached somebody: from now on the time to answer counts. */
export async function markAsked(work: Work, card: { id: string; kind: string }): Promise<void> {
  if (card.kind !== 'ask') return
  const ask = await work.tx.ask.findFirst({ where: { cardId: card.id, askedAt: null }, include: { change: true } })
  if (!ask) return
  await work.tx.ask.update({ where: { id: ask.id }, data: { askedAt: work.now } })
  tellChange(work, ask.change, [ask.id])
}
