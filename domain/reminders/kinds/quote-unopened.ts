import { formatClock, formatDay } from '../../../lib/format/dates.js'
import { formatMoney } from '../../../lib/format/money.js'
import { findQuoteFacts } from '../../card/kinds/quote-facts.js'
import { blockedWords, findBlocked } from '../../quote-notice/find-blocked.js'
import { defineReminder, hours, standardRoute } from '../reminder-kind.js'

/** A version was sent, and nobody opened it for 24 hours: or it was never given to the customer. */
export default defineReminder({
  name: 'quote-unopened',
  label: '报价没人打开',
  pageLabel: '看报价',
  placeholders: { customer: '客户', quote: '哪份报价', when: '什么时候发的' },
  levels: [
    {
      on: true,
      wait: hours(24),
      to: ['holder'],
      route: standardRoute,
      title: '{customer}还没打开{quote}',
      desc: '{when}发的，打个电话，或者把 PDF 发过去',
    },
  ],
  async facts(db, { subjectId, startedAt }, now) {
    const facts = await findQuoteFacts(db, subjectId)
    if (!facts) return null
    const { version, quote, customer, label } = facts
    if (version.openedAt) return { done: `${customer}打开了${label}` }
    if (quote.state === 'accepted') return { done: `${customer}确认了报价` }
    if (quote.state === 'declined') return { done: `${customer}暂不考虑` }
    if (version.withdrawnAt) return { done: `${label}撤回了` }
    if (!facts.isNewest) return { done: `${label}有了新版本` }
    const blocked = await findBlocked(db, now)
    return {
      words: { customer, quote: label, when: `${formatDay(startedAt, now)} ${formatClock(startedAt)} ` },
      fields: [
        { label: '报价', value: `${label} · ${formatMoney(facts.totalFen)}` },
        ...(facts.contact ? [{ label: '发给', value: facts.contact }] : []),
        ...(version.givenAt ? [] : [{ label: '注意', value: '还没放进聊天，也没复制链接' }]),
        ...(blocked ? [{ label: '注意', value: `${blockedWords(blocked)}，先发 PDF` }] : []),
      ],
      page: facts.page,
    }
  },
  sample: {
    words: { customer: '华强五金', quote: '报价 31 v2', when: '11月23日 周一 10:20 ' },
    fields: [
      { label: '报价', value: '报价 31 v2 · 12,800.00 元' },
      { label: '发给', value: '黄老板' },
    ],
    page: '/h5/',
  },
})
