import { formatDuration } from '../../../lib/format/dates.js'
import { issueCard } from '../../card/issue-card.js'
import { findAskFacts } from '../../card/kinds/ask-facts.js'
import { defineReminder, hours, standardRoute } from '../reminder-kind.js'

/** Somebody was asked about a change and has not answered: again after 4 hours, after 8 their lead hears of it. */
export default defineReminder({
  name: 'requirement-change-confirm',
  label: '需求变更待答复',
  pageLabel: '去答复',
  placeholders: { customer: '客户', what: '确认 / 影响评估', by: '谁在等', since: '已等多久' },
  levels: [
    { on: true, wait: hours(4), to: ['asked'], route: standardRoute, title: '{customer}还在等{what}', desc: '{by}已等 {since}' },
    { on: true, wait: hours(4), to: ['lead'], route: standardRoute, title: '{customer}还在等{what}', desc: '{by}已等 {since}' },
  ],
  audiences: {
    asked: {
      label: '被问的人',
      async find(db, { subjectId, personId }) {
        const ask = await db.ask.findUnique({
          where: { id: subjectId },
          select: {
            personId: true,
            card: { select: { copies: { where: { person: { leftAt: null } }, select: { personId: true } } } },
          },
        })
        // Handed to somebody else since: they hold it now, the card that asked went to others.
        if (!ask || ask.personId !== personId) return [personId]
        return ask.card.copies.map((copy) => copy.personId)
      },
      async findAll(db, abouts) {
        const rows = await db.$queryRaw<{ id: string; people: string[] }[]>`
          SELECT v.id, array_agg(c.person_id ORDER BY c.id) AS people
          FROM unnest(${abouts.map((one) => one.id)}::uuid[], ${abouts.map((one) => one.subjectId)}::uuid[],
            ${abouts.map((one) => one.personId)}::uuid[]) AS v(id, ask_id, person_id)
          JOIN ask a ON a.id = v.ask_id AND a.person_id = v.person_id JOIN card_copy c ON c.card_id = a.card_id GROUP BY v.id`
        const asked = new Map(rows.map((row) => [row.id, row.people]))
        return new Map(abouts.map((one) => [one.id, asked.get(one.id) ?? [one.personId]]))
      },
    },
  },
  async facts(db, { subjectId }, now) {
    const facts = await findAskFacts(db, subjectId, now)
    if (!facts) return null
    if (facts.ask.verdict) return { done: `${facts.customer}：${facts.ask.answeredBy?.name ?? '同事'}已答复` }
    if (facts.ask.closedWhy) return { done: facts.ask.closedWhy }
    return {
      words: {
        customer: facts.customer,
        what: facts.ask.purpose === 'confirm' ? '确认' : '影响评估',
        by: facts.askedBy,
        since: facts.ask.askedAt ? formatDuration(now.getTime() - facts.ask.askedAt.getTime()) : '一会儿',
      },
      quote: { title: `${facts.contact}的原话`, text: facts.words },
      fields: [{ label: '原需求', value: facts.requirement }, ...facts.changes.slice(0, 4)],
      page: `/h5/ask/${subjectId}`,
    }
  },
  async handed(work, { subjectId, personId }) {
    // A copy of the card that asks, with its buttons: whoever holds one may answer.
    await issueCard(work, { kind: 'ask', subject: `ask:${subjectId}`, people: [personId], route: standardRoute })
    return true
  },
  sample: {
    words: { customer: '华强五金', what: '确认', by: '王磊', since: '4 小时' },
    quote: { title: '黄老板的原话', text: '膨胀螺栓加到300套，下周五前能送到吗' },
    fields: [
      { label: '原需求', value: '需求 12 · 膨胀螺栓 M10×80' },
      { label: '数量', value: '200 套 → 300 套' },
    ],
    page: '/h5/',
  },
})
