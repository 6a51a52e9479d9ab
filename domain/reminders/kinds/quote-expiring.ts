import { formatDay } from '../../../lib/format/dates.js'
import { formatMoney } from '../../../lib/format/money.js'
import { findQuoteFacts } from '../../card/kinds/quote-facts.js'
import { defineReminder, standardRoute } from '../reminder-kind.js'

/** A quote is about to end and nobody answered. Its moment is when there is still time: 3 days before, 1 where it holds under 7. */
export default defineReminder({
  name: 'quote-expiring',
  label: '报价快到期',
  pageLabel: '看报价',
  placeholders: { customer: '客户', quote: '哪份报价', until: '到哪天' },
  levels: [
    {
      on: true,
      wait: { from: 'target', days: 0, at: null },
      to: ['holder'],
      route: standardRoute,
      title: '{customer}的{quote}快到期了',
      desc: '{until}到期，问一句，或者重新报一份',
    },
  ],
  async facts(db, { subjectId }, now) {
    const facts = await findQuoteFacts(db, subjectId)
    if (!facts) return null
    const { version, quote, customer, label } = facts
    if (quote.state === 'accepted') return { done: `${customer}确认了报价` }
    if (quote.state === 'declined') return { done: `${customer}暂不考虑` }
    if (version.withdrawnAt) return { done: `${label}撤回了` }
    if (!facts.isNewest) return { done: `${label}有了新版本` }
    if (version.validUntil <= now) return { done: `${label}过期了` }
    return {
      words: { customer, quote: label, until: formatDay(version.validUntil, now) },
      fields: [
        { label: '报价', value: `${label} · ${formatMoney(facts.totalFen)}` },
        { label: '客户', value: version.openedAt ? '看过' : '还没打开' },
      ],
      page: facts.page,
    }
  },
  sample: {
    words: { customer: '华强五金', quote: '报价 31 v2', until: '11月30日 周一' },
    fields: [
      { label: '报价', value: '报价 31 v2 · 12,800.00 元' },
      { label: '客户', value: '看过' },
    ],
    page: '/h5/',
  },
})
