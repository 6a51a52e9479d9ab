import { ChannelError } from '../../channels/channel-error.js'
import { drawCard } from '../../domain/card/draw-card.js'
import { NAMELESS } from '../../domain/card/recall-copies.js'
import { chatPlatform } from '../../domain/person/person.contract.js'
import { type Done, defineEffect, done, type Skipped, skip } from '../define.js'

/** Older than 24 hours, as each platform says it. */
const TOO_OLD: unknown[] = [42052, 'recall-failed']

/**
 * Takes back what asks somebody for what was not meant, and can't be changed (official page 94867; DingTalk's texts: otoMessages/batchRecall). Died in between: taken back
 * again, which is the same. Judged when it leaves: a withdrawal that was taken back leaves the card where it is.
 */
export default defineEffect({
  name: 'recall-card',
  ifUnknown: 'repeat',
  async run({ db, now, channels }, { copyId }): Promise<Skipped | Done<{ recalled: boolean; why?: string }>> {
    const copy = await db.cardCopy.findUniqueOrThrow({ where: { id: copyId }, include: { card: true } })
    if (!copy.handle || copy.handle === NAMELESS || copy.recalledAt) return skip('nothing of it can be taken back')
    const card = await drawCard(db, copy.card, now)
    if (!card?.withdrawn) return skip('it is meant again')
    if (copy.code && copy.codeUntil && copy.codeUntil > now) return skip('it says so itself: there is a code to change it')
    const channel = channels[chatPlatform.parse(copy.platform)]
    if (!channel) return skip('its platform is not connected any more')
    try {
      await channel.recall(copy.handle)
      return done({ recalled: true })
    } catch (error) {
      if (!(error instanceof ChannelError) || !TOO_OLD.includes(error.code)) throw error
      return done({ recalled: false, why: error.hint })
    }
  },
  async keep(work, { copyId }, { recalled }) {
    if (recalled) await work.tx.cardCopy.update({ where: { id: copyId }, data: { recalledAt: work.now } })
  },
})
