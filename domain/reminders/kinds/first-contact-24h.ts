import { formatClock, formatDay, formatSince } from '../../../lib/format/dates.js'
import { findManners } from '../../first-contact/find-manners.js'
import { rehearseManners } from '../../first-contact/rehearse-manners.js'
import { endWords, howWords } from '../../first-contact/words.js'
import { defineReminder, hours, standardRoute } from '../reminder-kind.js'

/**
 * A new contact of whom nobody has said what they are: on the page at once, on one card with the rep's others after four working
 * hours, again when four hours are left; past 24 hours their lead reads of it. Ends with an opportunity or a reason, nothing else.
 */
export default defineReminder({
  name: 'first-contact-24h',
  label: '新客户没建商机',
  pageLabel: '去处理',
  placeholders: { name: '新客户', how: '怎么联系上的', when: '什么时候', rep: '谁的' },
  levels: [
    {
      on: true,
      wait: hours(4, 'working-hours'),
      to: ['holder'],
      route: standardRoute,
      title: '新客户「{name}」还没建商机',
      desc: '{when}{how}，24 小时内要有着落',
    },
    {
      on: true,
      wait: { from: 'start', minutes: 20 * 60, counts: 'working-days' },
      to: ['holder'],
      route: standardRoute,
      title: '新客户「{name}」只剩 4 小时了',
      desc: '{when}{how}，建个商机，或说一声不是客户',
    },
    {
      on: true,
      wait: hours(4),
      to: ['lead'],
      route: standardRoute,
      title: '{rep}的新客户「{name}」24 小时没建商机',
      desc: '{when}{how}',
    },
  ],
  manner: findManners,
  rehearse: rehearseManners,
  buttons: () => [
    { action: 'make-opportunity', label: '建商机', style: 'primary' },
    { action: 'not-customer', label: '不是客户', style: 'plain' },
    { action: 'nurture', label: '先养一周', style: 'plain' },
  ],
  endsBy: '建个商机，或者说一声：不是客户、是老客户的人、先养着',
  async facts(db, { subjectId }, now) {
    const first = await db.firstContact.findUnique({
      where: { id: subjectId },
      include: {
        contact: { select: { name: true, customer: { select: { name: true } } } },
        person: { select: { name: true } },
        opportunity: { select: { title: true } },
      },
    })
    if (!first) return null
    const done = endWords(first, now)
    if (done) return { done: `${first.contact.name}：${done}` }
    return {
      words: {
        name: first.contact.name,
        how: howWords(first.source),
        when: formatSince(first.at, now),
        rep: first.person.name,
      },
      fields: [
        { label: '联系人', value: first.contact.name },
        { label: '怎么来的', value: [howWords(first.source), first.channel].filter(Boolean).join(' · ') },
        { label: '时间', value: `${formatDay(first.at, now)} ${formatClock(first.at)}` },
      ],
      page: '/h5/new-contacts',
    }
  },
  sample: {
    words: { name: '黄老板', how: '加了微信', when: '昨天 16:20', rep: '王磊' },
    fields: [
      { label: '联系人', value: '黄老板' },
      { label: '怎么来的', value: '加了微信 · 展会' },
      { label: '时间', value: '11月23日 周一 16:20' },
    ],
    page: '/h5/',
  },
})
