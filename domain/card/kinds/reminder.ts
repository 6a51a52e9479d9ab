import type { Reader } from '../../../lib/db.js'
import { formatClock, formatDay } from '../../../lib/format/dates.js'
import { lookUpTogether } from '../../../lib/look-up-together.js'
import { reminderKind } from '../../reminders/find-kind.js'
import { fill, findSaid } from '../../reminders/find-said.js'
import { findPolicy } from '../../reminders/policy.js'
import type { Card, CardButton } from '../card.js'

const lookUpReminder = lookUpTogether((db, ids) =>
  db.reminder.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
      kind: true,
      subject: true,
      personId: true,
      startedAt: true,
      dueAt: true,
      state: true,
      putOff: true,
      acts: {
        orderBy: { id: 'desc' },
        select: {
          act: true,
          at: true,
          level: true,
          round: true,
          person: { select: { name: true } },
          to: { select: { name: true } },
        },
      },
      notices: { select: { level: true, round: true, personId: true } },
    },
  }),
)

/** 「<reminder>#<level>.<round>」: one saying of one level. Once somebody did something about it, it says what. */
export async function drawReminder(db: Reader, subject: string, now: Date): Promise<Card | null> {
  const [, id = '', level = '0', round = '0'] = /^(.+)#(\d+)\.(\d+)$/.exec(subject) ?? []
  const reminder = await lookUpReminder(db, id)
  if (!reminder) return null
  const [said, policy] = await Promise.all([findSaid(db, reminder, now), findPolicy(db)])
  const rung = policy.ladderOf(reminder.kind).levels[Number(level)]
  if (!said || !rung) return null
  const ofThis = (one: { level: number; round: number }) => one.level === Number(level) && one.round === Number(round)
  const act = reminder.acts.find(ofThis)
  const kind = reminderKind(reminder.kind)
  if ('done' in said) return act || reminder.state === 'settled' ? settledCard(kind.label, said.done, `/h5/reminder/${id}`) : null
  if (reminder.state === 'settled') return settledCard(kind.label, '已了结', `/h5/reminder/${id}`)
  const escalated = !reminder.notices.some((one) => ofThis(one) && one.personId === reminder.personId)
  return {
    source: `不漏 · ${kind.label}`,
    title: fill(rung.title, said.words),
    desc: fill(rung.desc, said.words),
    ...(said.quote ? { quote: said.quote } : {}),
    fields: said.fields,
    buttons: act
      ? []
      : escalated
        ? managerButtons(id)
        : holderButtons(reminder, Boolean(kind.tick), said.buttons ?? kind.buttons?.({ id })),
    page: said.page,
    ...(act ? { settled: actWords(act, now) } : {}),
  }
}

const settledCard = (label: string, settled: string, page: string): Card => ({
  source: `不漏 · ${label}`,
  title: settled,
  fields: [],
  buttons: [],
  page,
  settled,
})

/** What its holder may press; `ticks`: their word is enough. `own`: what the kind offers in place of 我来跟进 and 已处理. */
export function holderButtons({ id, putOff }: { id: string; putOff: number }, ticks: boolean, own?: CardButton[]): CardButton[] {
  const later: CardButton[] = [
    { action: 'in-an-hour', label: '1小时后', style: 'plain' },
    { action: 'tomorrow-morning', label: '明早再说', style: 'plain' },
  ]
  const handled: CardButton[] = ticks
    ? [{ action: 'say-handled', label: '办完了', style: 'primary' }]
    : [
        { action: 'follow-up', label: '我来跟进', style: 'primary' },
        { action: 'say-handled', label: '已处理', style: 'plain', page: `/h5/reminder/${id}?as=handled` },
      ]
  return [
    ...(own ?? handled),
    ...(putOff < MOST_PUT_OFF ? later : []),
    { action: 'hand-over', label: '转给…', style: 'plain', page: `/h5/reminder/${id}?as=hand-over` },
  ]
}

/** What those above may press. */
export const managerButtons = (id: string): CardButton[] => [
  { action: 'take-over', label: '我来接手', style: 'primary' },
  { action: 'push-back', label: '退回去跟', style: 'plain' },
  { action: 'hand-over', label: '转给…', style: 'plain', page: `/h5/reminder/${id}?as=hand-over` },
]

/** 再说: twice at most. */
export const MOST_PUT_OFF = 2

type Act = { act: string; at: Date; person: { name: string }; to: { name: string } | null }

/** What an act is called where it stands in place of the buttons. */
export function actWords({ act, at, person, to }: Act, now: Date): string {
  const when = `${formatDay(at, now)} ${formatClock(at)}`
  switch (act) {
    case 'follow-up':
      return `${person.name}在跟进（${when}）`
    case 'in-an-hour':
      return `${person.name}：1 小时后再说`
    case 'tomorrow-morning':
      return `${person.name}：明早再说`
    case 'handled':
      return `${person.name}说已处理，等上级确认`
    case 'hand-over':
      return `${person.name}转给了${to?.name ?? '同事'}`
    case 'take-over':
      return `${person.name}接手了`
    case 'push-back':
      return `${person.name}退回给${to?.name ?? '同事'}跟`
    case 'nudge-rep':
      return `${person.name}催了一下${to?.name ?? '同事'}`
    case 'call-lead':
      return `${person.name}来打这个电话`
    case 'reopen':
      return `${person.name}：还没办完`
    default:
      return `${person.name}已处理（${when}）`
  }
}
