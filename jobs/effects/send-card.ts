import type { Receipt } from '../../channels/channel.js'
import { ChannelError } from '../../channels/channel-error.js'
import { noteQuotaEnd } from '../../domain/budget/note-quota-end.js'
import { drawCard } from '../../domain/card/draw-card.js'
import { noteSent } from '../../domain/card/note-sent.js'
import { noteCopy, passOn } from '../../domain/card/pass-on.js'
import { isCarried, sendAgain } from '../../domain/card/send-again.js'
import { textOfCard } from '../../domain/card/text-of-card.js'
import { type ChatPlatform, chatPlatform, platformLabel } from '../../domain/person/person.contract.js'
import type { Work } from '../../domain/work.js'
import { GiveUp } from '../../lib/errors.js'
import { type Done, defineEffect, done, type Skipped, skip } from '../define.js'
import { getCopy } from '../draw-copy.js'
import { memberOf } from '../find-member.js'

type Sent = { messageId: string | null; code: string | null; version: number }
/** `usedUp`: the month's quota of the platform, and its words for it. */
type NotSent = { state: 'dropped' | 'off'; reason: string; usedUp?: ChatPlatform }

/**
 * Sends one person's copy on its platform. Died in between: sent again under the copy's id, which is WeCom's `task_id` with
 * its duplicate check (official page 90236) and DingTalk's `outTrackId`, so that it is shown once. The response code of the
 * first try is lost then; the next click brings one. Without a card template DingTalk is sent a message, which has no such
 * check: twice is better than not at all.
 */
export default defineEffect({
  name: 'send-card',
  ifUnknown: 'repeat',
  async run({ db, now, channels, outlets }, { copyId }): Promise<Skipped | Done<Sent | NotSent>> {
    const copy = await getCopy(db, copyId)
    if (copy.handle) return skip('this copy was sent before')
    if (copy.state === 'off' && (await isCarried(db, copy))) return skip('another way brought it meanwhile')
    const card = await drawCard(db, copy.card, now)
    if (!card || card.settled) return done({ state: 'dropped', reason: card?.settled ?? '已不需要' })
    const platform = chatPlatform.parse(copy.platform)
    const channel = channels[platform]
    if (!channel) return done({ state: 'off', reason: `没有接通${platformLabel[platform]}` })
    const to = memberOf(copy.person, platform)
    const { version } = copy.card
    try {
      if (platform === 'wecom' && copy.person.plainText) {
        const { title, lines, link } = textOfCard(card, outlets.publicUrl)
        const receipt = reached(await channel.sendText(to, [title, ...lines, link].join('\n')))
        return done({ messageId: receipt.messageId, code: null, version })
      }
      const { messageId, code } = reached(await channel.sendCard(to, copy.id, card))
      return done({ messageId, code, version })
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error
      if (error.kind === 'quota') return done({ state: 'off', reason: error.hint, usedUp: platform })
      // The try whose answer was lost arrived, and since then the card says something else: which version is shown, and
      // with which code, nobody knows. WeCom's next click puts it right; DingTalk's is put right at once.
      if (error.kind === 'already-sent') return done({ messageId: null, code: null, version: 0 })
      throw error
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

async function keepSent(work: Work, items: { copyId: string; receipt: Sent | NotSent; trace: string }[]): Promise<void> {
  const refused: string[] = []
  for (const { copyId, receipt, trace } of items) {
    if (!('state' in receipt)) continue
    const { usedUp, ...outcome } = receipt
    const its = { ...work, trace }
    await noteCopy(its, copyId, outcome)
    if (usedUp !== 'dingtalk') continue
    refused.push(outcome.reason)
    await sendAgain(its, copyId)
  }
  const [words] = refused
  if (words) await noteQuotaEnd(work, { platform: 'dingtalk', what: 'call', words })
  await noteSent(
    work,
    items.flatMap(({ copyId, receipt, trace }) => ('state' in receipt ? [] : [{ copyId, trace, ...receipt }])),
  )
}
