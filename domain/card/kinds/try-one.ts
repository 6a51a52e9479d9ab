import type { Reader } from '../../../lib/db.js'
import type { Card } from '../card.js'

/** 试发. In the chat it has a button; a letter has a link of its own; a text message is what all are (a template has no other words). */
export async function drawTryOne(db: Reader, tryId: string): Promise<Card | null> {
  const one = await db.reachTry.findUnique({ where: { id: tryId } })
  if (!one) return null
  const card = {
    source: '不漏 · 我的提醒渠道',
    title: '试发一条：收到了吗？',
    desc: one.channel === 'mail' ? '打开下面的链接，按「收到了」' : '看到这条就按「收到了」，以后的提醒走这里',
    fields: [],
    page: one.token ? `/got/${one.token}` : '/h5/reach',
  }
  if (one.confirmedAt) return { ...card, buttons: [], settled: '收到了' }
  return { ...card, buttons: [{ action: 'got-it', label: '收到了', style: 'primary' }] }
}
