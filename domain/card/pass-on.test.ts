import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../lib/ids.js'
import type { Cast } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { at, HOUR, inWork } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { issueCard } from './issue-card.js'
import { noteCopy, passOn } from './pass-on.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let personId: string
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  ;({ cast } = await createChain(database.db))
  personId = await cast.personId('wanglei')
  // First the chat, then text message and mail together, then the group.
  const route = [['chat' as const], ['sms' as const, 'mail' as const], ['group' as const]]
  await inWork(cast.db, (work) => issueCard(work, { kind: 'reminder', subject: 'reminder:x#0.0', people: [personId], route }))
})

/** The copies in the order of their steps: 「sms queued」. */
const copies = async () => {
  const all = await cast.db.cardCopy.findMany({ where: { personId }, orderBy: [{ step: 'asc' }, { id: 'asc' }] })
  return all.map((copy) => `${copy.platform} ${copy.state}`)
}
const becomes = async (
  platform: string,
  state: 'submitted' | 'delivered' | 'failed' | 'unknown' | 'off' | 'dropped',
  reason = '…',
) => {
  const copy = await cast.db.cardCopy.findFirstOrThrow({ where: { personId, platform } })
  await inWork(cast.db, (work) => noteCopy(work, copy.id, { state, reason }), at(HOUR))
}
const queued = async () =>
  (await cast.db.outbox.findMany({ where: { state: 'open' }, orderBy: { id: 'asc' } })).map((row) => row.kind)

describe('a channel that could not do it', () => {
  it.each(['failed', 'unknown', 'off'] as const)(
    '%s: the next step is asked, all of it at once, and why stands there',
    async (state) => {
      await becomes('wecom', state, '不在应用可见范围')
      expect(await copies()).toEqual([`wecom ${state}`, 'sms queued', 'mail queued'])
      expect(await queued()).toEqual(['send-card', 'send-sms', 'send-mail'])
      expect(await cast.db.cardCopy.findFirst({ where: { platform: 'wecom' } })).toMatchObject({
        reason: '不在应用可见范围',
        stateAt: at(HOUR),
      })
    },
  )

  it('is no matter while another of its step may still reach the person', async () => {
    await becomes('wecom', 'failed')
    await becomes('sms', 'off')
    expect(await queued()).not.toContain('send-group')
    await becomes('mail', 'submitted')
    await becomes('sms', 'failed')
    expect(await queued()).not.toContain('send-group')
  })

  it('passes on when the last of its step has failed too, and past the last step nothing is left to ask', async () => {
    await becomes('wecom', 'failed')
    for (const channel of ['sms', 'mail']) await becomes(channel, 'failed')
    expect(await copies()).toEqual(['wecom failed', 'sms failed', 'mail failed', 'group queued'])
    await becomes('group', 'off')
    expect((await copies()).at(-1)).toBe('group off')
  })

  it('is asked for once, however often it is said', async () => {
    for (let i = 0; i < 3; i++) await becomes('wecom', 'failed')
    expect(await queued()).toEqual(['send-card', 'send-sms', 'send-mail'])
  })
})

it('what was taken, or is no longer wanted, is not passed on', async () => {
  await becomes('wecom', 'submitted')
  await becomes('wecom', 'dropped')
  expect(await copies()).toEqual(['wecom dropped'])
})

it('a channel that is away for long: the next is asked beside it', async () => {
  const copy = await cast.db.cardCopy.findFirstOrThrow({ where: { personId } })
  await inWork(cast.db, (work) => passOn(work, copy, { despite: true }))
  expect(await copies()).toEqual(['wecom queued', 'sms queued', 'mail queued'])
})

it('nothing goes on ringing with somebody who has left', async () => {
  await cast.db.person.update({ where: { id: personId }, data: { leftAt: at(0) } })
  await becomes('wecom', 'failed')
  expect(await copies()).toEqual(['wecom failed'])
})

describe('somebody who has two chat platforms', () => {
  const identify = async (platform: string) =>
    cast.db.identity.create({
      data: { id: newId(), platform, organisation: 'dingcorp', kind: 'member', value: `on-${platform}-${newId()}`, personId },
    })
  const issue = (subject: string, people = [personId]) =>
    inWork(cast.db, (work) => issueCard(work, { kind: 'reminder', subject, people, route: [['chat'], ['sms']] }))
  const waysOf = async (subject: string) => {
    const all = await cast.db.cardCopy.findMany({ where: { card: { subject } }, orderBy: [{ step: 'asc' }, { id: 'asc' }] })
    return all.map((copy) => `${copy.platform} ${copy.state}`)
  }
  beforeEach(() => identify('dingtalk'))

  it('is written to where they were seen last', async () => {
    await issue('reminder:y#0.0')
    expect(await waysOf('reminder:y#0.0')).toEqual(['wecom queued'])
    await cast.db.reach.create({ data: { personId, channel: 'dingtalk', activeAt: at(0) } })
    await issue('reminder:y#1.0')
    expect(await waysOf('reminder:y#1.0')).toEqual(['dingtalk queued'])
    await cast.db.reach.create({ data: { personId, channel: 'wecom', confirmedAt: at(HOUR) } })
    await issue('reminder:y#2.0')
    expect(await waysOf('reminder:y#2.0')).toEqual(['wecom queued'])
  })

  it('is written to where they want it, whatever they opened last', async () => {
    await cast.db.reach.create({ data: { personId, channel: 'wecom', activeAt: at(HOUR) } })
    await cast.db.person.update({ where: { id: personId }, data: { prefers: 'dingtalk' } })
    await issue('reminder:y#0.0')
    expect(await waysOf('reminder:y#0.0')).toEqual(['dingtalk queued'])
  })

  it('gets it on the other one before anything else is asked', async () => {
    await becomes('wecom', 'failed')
    expect(await copies()).toEqual(['wecom failed', 'dingtalk queued'])
    await becomes('dingtalk', 'failed')
    expect(await copies()).toEqual(['wecom failed', 'dingtalk failed', 'sms queued', 'mail queued'])
  })

  it('is not written to on one that was not asked: 试发 names its way', async () => {
    const subject = 'try:z'
    await inWork(cast.db, (work) => issueCard(work, { kind: 'try-one', subject, people: [personId], route: [['wecom']] }))
    const copy = await cast.db.cardCopy.findFirstOrThrow({ where: { card: { subject } } })
    await inWork(cast.db, (work) => noteCopy(work, copy.id, { state: 'failed' }), at(HOUR))
    expect(await waysOf(subject)).toEqual(['wecom failed'])
  })
})
