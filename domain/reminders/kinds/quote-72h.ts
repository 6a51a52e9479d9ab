import { formatClock, formatDay, formatDuration, formatSince } from '../../../lib/format/dates.js'
import { formatMoneyShort } from '../../../lib/format/money.js'
import { timeBetween } from '../../../lib/working-time.js'
import type { CardButton } from '../../card/card.js'
import { deadlineOf } from '../../opportunity/quote-clock.js'
import { findProposed } from '../../outside-quote/find-proposed.js'
import { calendarOf } from '../calm.js'
import { findCalm } from '../find-calm.js'
import type { Wait } from '../ladder.contract.js'
import { defineReminder, type Said, standardRoute } from '../reminder-kind.js'

const after = (hours: number): Wait => ({ from: 'start', minutes: hours * 60, counts: 'working-days' })

/**
 * A lead without a price: its rep hears after 48 and after 66 hours, the manager when the 72 are over. The hours pause on days
 * off. Ends with the first quote that is sent, 已另行报价 or 无效.
 */
export default defineReminder({
  name: 'quote-72h',
  label: '商机还没报价',
  pageLabel: '去报价',
  placeholders: { name: '客户', left: '还剩多久', when: '什么时候建的商机', rep: '谁的' },
  levels: [
    {
      on: true,
      wait: after(48),
      to: ['holder'],
      route: standardRoute,
      title: '「{name}」还没报价',
      desc: '{when}建的商机，72 小时内要报出去，{left}',
    },
    {
      on: true,
      wait: after(66),
      to: ['holder'],
      route: standardRoute,
      title: '「{name}」快到 72 小时了，还没报价',
      desc: '{when}建的商机，{left}',
    },
    {
      on: true,
      wait: after(72),
      to: ['manager'],
      route: standardRoute,
      title: '{rep}的「{name}」72 小时没报价',
      desc: '{when}建的商机',
    },
  ],
  buttons: ({ id }) => [{ action: 'quote-outside', label: '已另行报价', style: 'primary', page: `/h5/lead/${id}` }, invalid(id)],
  endsBy: '发出报价，或者说一声：已另行报价、这个商机无效',
  async facts(db, { id, subjectId }, now): Promise<Said | null> {
    const lead = await db.opportunity.findUnique({
      where: { id: subjectId },
      include: {
        owner: { select: { name: true } },
        customer: { select: { id: true, name: true } },
        contact: { select: { id: true, name: true, customer: { select: { id: true, name: true } } } },
      },
    })
    if (!lead) return null
    const customer = lead.customer ?? lead.contact?.customer ?? null
    const name = customer?.name ?? lead.contact?.name ?? lead.title
    const done = endWords(lead)
    if (done) return { done: `${name}：${done}` }
    const calm = await findCalm(db)
    const until = deadlineOf(lead.createdAt, calm)
    const left = timeBetween(now, until, 'working-days', calendarOf(calm))
    const messageId = await findProposed(db, subjectId)
    const said = messageId ? await db.message.findUnique({ where: { id: messageId }, select: { text: true } }) : null
    return {
      words: {
        name,
        left: left > 0 ? `还剩 ${formatDuration(left)}` : '时间已经过了',
        when: formatSince(lead.createdAt, now),
        rep: lead.owner.name,
      },
      fields: [
        { label: '商机', value: `${lead.number} · ${lead.title}` },
        ...(lead.amountFen === null ? [] : [{ label: '预计', value: formatMoneyShort(lead.amountFen) }]),
        { label: '截止', value: `${formatDay(until, now)} ${formatClock(until)}` },
      ],
      // The archive shows a price: one tap says that it was the quote.
      ...(said
        ? {
            quote: { title: '聊天里好像报过价', text: said.text },
            buttons: [
              { action: 'quote-outside', label: '对，已另行报价', style: 'primary' as const },
              { action: 'quote-outside', label: '不是这条', style: 'plain' as const, page: `/h5/lead/${id}` },
              invalid(id),
            ],
          }
        : {}),
      page: customer ? `/h5/quotes/${customer.id}` : lead.contact ? `/h5/chat/${lead.contact.id}` : `/h5/lead/${lead.id}`,
    }
  },
  sample: {
    words: { name: '华强五金', left: '还剩 24 小时', when: '周一 10:20', rep: '王磊' },
    fields: [
      { label: '商机', value: '12 · 华强五金 · 黄老板' },
      { label: '截止', value: '11月26日 周四 10:20' },
    ],
    page: '/h5/',
  },
})

const invalid = (id: string): CardButton => ({
  action: 'opportunity-invalid',
  label: '无效',
  style: 'plain',
  page: `/h5/lead/${id}?as=invalid`,
})

type Ends = { undoneAt: Date | null; invalidAt: Date | null; quotedAt: Date | null; quotedHow: string | null }

function endWords({ undoneAt, invalidAt, quotedAt, quotedHow }: Ends): string | null {
  if (undoneAt) return '商机撤销了'
  if (quotedAt) return quotedHow === 'outside' ? '已另行报价' : '已报价'
  return invalidAt ? '商机无效' : null
}
