import type { Reader } from '../../lib/db.js'
import { KIND, subjectOf } from '../first-contact/clock.js'
import { wayLabel, wayName } from '../reminders/ladder.contract.js'

const STATES: Record<string, string> = {
  queued: '还在排队',
  submitted: '已提交，没有回音',
  delivered: '已送达',
  unknown: '结果未知',
}

/** What became of the reminders of these first contacts, channel by channel: 「企业微信已提交，没有回音；短信没有登记手机号」. */
export async function describeCopies(db: Reader, firstContactIds: string[]): Promise<Map<string, string>> {
  const reminders = await db.reminder.findMany({
    where: { kind: KIND, subject: { in: firstContactIds.map(subjectOf) } },
    select: {
      subject: true,
      personId: true,
      notices: {
        where: { card: { isNot: null } },
        select: {
          personId: true,
          card: {
            select: {
              copies: { select: { personId: true, platform: true, state: true, reason: true }, orderBy: { id: 'asc' } },
            },
          },
        },
      },
    },
  })
  const words = new Map<string, Map<string, string>>()
  for (const { subject, personId, notices } of reminders) {
    const id = subject.slice(subject.indexOf(':') + 1)
    const channels = words.get(id) ?? new Map<string, string>()
    for (const { card } of notices)
      for (const copy of card?.copies ?? [])
        if (copy.personId === personId) channels.set(copy.platform, STATES[copy.state] ?? copy.reason ?? '没有发出')
    words.set(id, channels)
  }
  return new Map(
    [...words].flatMap(([id, channels]) =>
      channels.size === 0 ? [] : [[id, [...channels].map(([channel, said]) => `${labelOf(channel)}${said}`).join('；')] as const],
    ),
  )
}

const labelOf = (channel: string) => wayLabel[wayName.parse(channel)]
