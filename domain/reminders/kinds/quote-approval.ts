import { formatDuration } from '../../../lib/format/dates.js'
import { approvalForCard } from '../../card/kinds/approval-facts.js'
import { defineReminder, hours, standardRoute } from '../reminder-kind.js'

/** A rep's draft waits for somebody's yes: again after two working hours, after two more the next above reads of it. */
export default defineReminder({
  name: 'quote-approval',
  label: '报价待审批',
  pageLabel: '去审批',
  placeholders: { customer: '客户', by: '谁在等', since: '已等多久' },
  levels: [
    {
      on: true,
      wait: hours(2, 'working-hours'),
      to: ['asked'],
      route: standardRoute,
      title: '{by}给{customer}的报价等你审批',
      desc: '已等 {since}，客户也在等',
    },
    {
      on: true,
      wait: hours(2, 'working-hours'),
      to: ['manager'],
      route: standardRoute,
      title: '{customer}的报价还没人审批',
      desc: '{by}已等 {since}',
    },
  ],
  endsBy: '同意或者退回',
  audiences: {
    asked: {
      label: '审批的人',
      async find(db, { subjectId, personId }) {
        const copies = await db.cardCopy.findMany({
          where: { card: { kind: 'quote-approval', subject: `quote-approval:${subjectId}` }, person: { leftAt: null } },
          select: { personId: true },
          distinct: ['personId'],
        })
        const people = copies.map((copy) => copy.personId)
        // Handed to somebody else since: they hold it now.
        return people.includes(personId) ? people : [personId]
      },
    },
  },
  async facts(db, { subjectId }, now) {
    const approval = await approvalForCard(db, subjectId)
    if (!approval) return null
    const { quote, askedBy, askedAt, state, decidedBy } = approval
    const customer = quote.customer.name
    if (state === 'approved') return { done: `${customer}的报价：${decidedBy?.name ?? '同事'}同意了` }
    if (state === 'refused') return { done: `${customer}的报价：${decidedBy?.name ?? '同事'}退回了` }
    if (state !== 'asked') return { done: `${customer}的报价不用审了` }
    return {
      words: { customer, by: askedBy.name, since: formatDuration(now.getTime() - askedAt.getTime()) },
      fields: [{ label: '报价', value: `报价 ${quote.number}` }],
      page: `/h5/quote/${quote.id}`,
    }
  },
  sample: {
    words: { customer: '华强五金', by: '王磊', since: '2 小时' },
    fields: [{ label: '报价', value: '报价 31' }],
    page: '/h5/',
  },
})
