import type { Receipt } from '../../channels/channel.js'
import { ChannelError } from '../../channels/channel-error.js'
import { drawCard } from '../../domain/card/draw-card.js'
import { noteSent } from '../../domain/card/note-sent.js'
import { noteCopy, passOn } from '../../domain/card/pass-on.js'
import { textOfCard } from '../../domain/card/text-of-card.js'
import type { Work } from '../../domain/work.js'
import { GiveUp } from '../../lib/errors.js'
import { type Done, defineEffect, done, type Skipped, skip } from '../define.js'
import { getCopy } from '../draw-copy.js'
import { memberOf } from '../find-member.js'

type Sent = { messageId: string | null; code: string | null; version: number }
type Dropped = { dropped: string }

/**
 * Sends one person's copy. Died in between: sent again under the copy's id as `task_id` with the platform's duplicate check
 * (official page 90236), so that it is shown once. The response code of the first try is lost then; the next click brings one.
 */
export default defineEffect({
  name: 'send-card',
  ifUnknown: 'repeat',
  async run({ db, now, channel, outlets }, { copyId }): Promise<Skipped | Done<Sent | Dropped>> {
    const copy = await getCopy(db, copyId)
    if (copy.handle) return skip('this copy was sent before')
    const card = await drawCard(db, copy.card, now)
    if (!card || card.settled) return done({ dropped: card?.settled ?? '已不需要' })
    const to = memberOf(copy.person)
    if (copy.person.plainText) {
      const { title, lines, link } = textOfCard(card, outlets.publicUrl)
      const receipt = await channel.sendText(to, [title, ...lines, link].join('\n'))
      return done({ messageId: reached(receipt).messageId, code: null, version: copy.card.version })
    }
    try {
      const { messageId, code } = reached(await channel.sendCard(to, copy.id, card))
      return done({ messageId, code, version: copy.card.version })
    } catch (error) {
      if (!(error instanceof ChannelError) || error.kind !== 'already-sent') throw error
      // The try whose answer was lost arrived, and since then the card says something else: which version is shown, and
      // with which code, nobody knows. Its next click puts it right.
      return done({ messageId: null, code: null, version: 0 })
    }
  },
  keep: (work, { copyId }, receipt) => keepSent(work, [{ copyId, receipt, trace: work.trace }]),
  keepAll: (work, items) =>
    keepSent(
      work,
      items.map(({ payload, receipt, trace }) => ({ copyId: payload.copyId, receipt, trace })),
    ),
  failed: (work, { copyId }, outcome) => noteCopy(work, copyId, outcome),
  async stuck(work, { copyId }) {
    await passOn(work, await work.tx.cardCopy.findUniqueOrThrow({ where: { id: copyId } }), { despite: true })
  },
})

function reached(receipt: Receipt): Receipt {
  const missed = receipt.notReached[0]
  if (missed) throw new GiveUp(`不能送达 ${missed.to}：${missed.why}`)
  return receipt
}

async function keepSent(work: Work, items: { copyId: string; receipt: Sent | Dropped; trace: string }[]): Promise<void> {
  for (const { copyId, receipt } of items)
    if ('dropped' in receipt) await noteCopy(work, copyId, { state: 'dropped', reason: receipt.dropped })
  await noteSent(
    work,
    items.flatMap(({ copyId, receipt, trace }) => ('dropped' in receipt ? [] : [{ copyId, trace, ...receipt }])),
  )
}
