import type { Reader } from '../../../lib/db.js'
import { reminderKind } from '../../reminders/find-kind.js'
import { fill, findSaid } from '../../reminders/find-said.js'
import { findPolicy } from '../../reminders/policy.js'
import type { Card } from '../card.js'

/** 「<reminder>#<act>」: somebody says that it is handled, what we know doesn't show it: their manager accepts or not. */
export async function drawClaim(db: Reader, subject: string, now: Date): Promise<Card | null> {
  const [id = '', actId = ''] = subject.split('#')
  const reminder = await db.reminder.findUnique({
    where: { id },
    include: { acts: { where: { id: { gte: actId } }, orderBy: { id: 'asc' }, include: { person: true } } },
  })
  const [claim, ...later] = reminder?.acts ?? []
  if (!reminder || !claim) return null
  const said = await findSaid(db, reminder, now)
  if (!said) return null
  const answer = later.find(({ act }) => act === 'accept' || act === 'push-back')
  const label = reminderKind(reminder.kind).label
  const title =
    'done' in said ? said.done : fill((await findPolicy(db)).ladderOf(reminder.kind).levels[0]?.title ?? label, said.words)
  const waits = reminder.state === 'open' && reminder.claimedAt !== null && !answer
  return {
    source: `不漏 · ${label}`,
    title: `${claim.person.name}说已处理，请你确认`,
    desc: title,
    ...(claim.note ? { quote: { title: '怎么处理的', text: claim.note } } : {}),
    fields: 'done' in said ? [] : said.fields,
    buttons: waits
      ? [
          { action: 'accept-handled', label: '认可', style: 'primary' },
          { action: 'push-back', label: '退回去跟', style: 'plain' },
        ]
      : [],
    page: `/h5/reminder/${id}`,
    ...(waits ? {} : { settled: answer ? `${answer.person.name}${answer.act === 'accept' ? '已认可' : '退回了'}` : '已了结' }),
  }
}
