import { noteCopy, passOn } from '../../domain/card/pass-on.js'
import { textOfCard } from '../../domain/card/text-of-card.js'
import { type CopyReceipt, type Done, defineEffect, done } from '../define.js'
import { drawCopy } from '../draw-copy.js'

/**
 * A line in the group of the person's team. In a group everybody reads along: it names the person and the matter, never the
 * customer's words. Died in between: not repeated, a group has no key to know a message by.
 */
export default defineEffect({
  name: 'send-group',
  ifUnknown: 'show',
  async run({ db, now, outlets }, { copyId }): Promise<Done<CopyReceipt>> {
    const drawn = await drawCopy(db, copyId, now)
    if ('dropped' in drawn) return done({ state: 'dropped', reason: drawn.dropped })
    const { group } = outlets
    if (!group.use) return done({ state: 'off', reason: group.why })
    const person = await db.person.findUniqueOrThrow({
      where: { id: drawn.copy.personId },
      select: { name: true, team: { select: { name: true } } },
    })
    const key = group.use.keys[person.team?.name ?? '']
    if (!key) return done({ state: 'off', reason: '他的团队没有设置群' })
    const { title, link } = textOfCard(drawn.card, outlets.publicUrl)
    await group.use.sendMarkdown(key, `**${person.name}**：${title}\n[打开处理](${link})`)
    return done({ state: 'submitted', reason: null })
  },
  keep: (work, { copyId }, receipt) => noteCopy(work, copyId, receipt),
  failed: (work, { copyId }, outcome) => noteCopy(work, copyId, outcome),
  async stuck(work, { copyId }) {
    await passOn(work, await work.tx.cardCopy.findUniqueOrThrow({ where: { id: copyId } }), { despite: true })
  },
})
