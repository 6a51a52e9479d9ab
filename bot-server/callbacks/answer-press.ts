import type { InboxBody } from '../../channels/dingtalk/bodies.js'
import { cardAnswer } from '../../channels/dingtalk/card.js'
import { pageLinks } from '../../channels/dingtalk/link.js'
import { parsePress } from '../../channels/dingtalk/parse.js'
import { drawCard } from '../../domain/card/draw-card.js'
import { findPersonId } from '../../domain/person/identify.js'
import type { Clock } from '../../lib/clock.js'
import type { Db } from '../../lib/db.js'
import { isUuid } from '../../lib/ids.js'

export type Answered = {
  /** What the platform draws in place of the card; null: it stays as it is. */
  answer: ReturnType<typeof cardAnswer> | null
  /** To be called when the answer has left: until then nobody knows that this person sees it. */
  left: () => Promise<void>
}

/** The card stays as it is. */
export const nothing: Answered = { answer: null, left: async () => {} }

type Needs = { db: Db; clock: Clock; corpId: string; publicUrl: string }

/** Draws the presser's own copy as it is now. Somebody else's, or one that nobody knows, stays as it is: words say why. */
export function createCopyAnswer({ db, clock, corpId, publicUrl }: Needs): (row: InboxBody) => Promise<Answered> {
  const links = pageLinks(publicUrl)

  return async (row) => {
    const press = parsePress(row.body, corpId)
    if (press.kind !== 'pressed' || !isUuid(press.card)) return nothing
    const personId = await findPersonId({ tx: db }, press.from)
    const copy = await db.cardCopy.findUnique({ where: { id: press.card }, include: { card: true } })
    if (!copy || copy.personId !== personId) return nothing
    const card = await drawCard(db, copy.card, await clock.now(db))
    if (!card) return nothing
    const { version } = copy.card
    return {
      answer: cardAnswer(card, links),
      async left() {
        await db.cardCopy.updateMany({ where: { id: copy.id, shown: { lt: version } }, data: { shown: version } })
      },
    }
  }
}
