import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../lib/ids.js'
import type { Cast } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { createNewcomers } from '../../test/factories/newcomers.js'
import { at, DAY, HOUR, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { tellStory } from '../customer/tell-story.js'
import { defaultCalm } from '../reminders/calm.contract.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.$executeRaw`TRUNCATE archive_cursor`
  ;({ cast } = await createChain(database.db))
  await database.db.message.deleteMany()
})

const ago = (days: number) => at(-days * DAY)
/** Every second working day for a month, the last time on Friday, 13 November; nothing since: ten days by NOW, a Monday. */
const DAYS_AGO = [34, 32, 28, 26, 24, 20, 18, 14, 12, 10]

async function talked(external: string, { by = 'wanglei', last = '好的，谢谢' } = {}) {
  for (const days of DAYS_AGO) {
    const said = days === 10 ? last : '这批货什么时候到'
    await cast.says(external, said, { by, at: ago(days) })
    if (days !== 10) await cast.says(external, '周四发货，到了您说一声', { by, speaker: 'rep', at: at(HOUR, ago(days)) })
  }
}
const silenceOf = async (external: string, { by = 'wanglei', now = NOW } = {}) => {
  const actor = await cast.actor(by)
  const me = { id: actor.personId, name: actor.name, roles: actor.roles, organisation: '', platform: 'wecom' as const }
  return (await tellStory(cast.db, actor, { contactId: await cast.contactId(external), me, hears: 'archive', now })).silence
}

describe('beside the chat', () => {
  it('a silence is said once it is much longer than their way, until they speak', async () => {
    await talked('wmRenji')
    expect(await silenceOf('wmRenji', { now: ago(4) })).toBeNull()
    expect(await silenceOf('wmRenji')).toEqual({
      name: '沉默',
      words: '平时一两天一句，已经 10 天没消息',
      since: ago(10).toISOString(),
    })
    await cast.says('wmRenji', '在的，最近忙', { at: at(HOUR) })
    expect(await silenceOf('wmRenji', { now: at(2 * HOUR) })).toBeNull()
    // Not even for a moment that lies before what is heard late.
    expect(await silenceOf('wmRenji')).not.toBeNull()
  })

  it('our own words don’t end it', async () => {
    await talked('wmRenji')
    await cast.says('wmRenji', '刘主任，新到的样品给您留了一套', { speaker: 'rep', at: ago(1) })
    expect(await silenceOf('wmRenji')).not.toBeNull()
  })

  it('it is ours while their question stands, or while we said that we would ask', async () => {
    await talked('wmRenji', { last: '那周五能到吗' })
    expect(await silenceOf('wmRenji')).toBeNull()
    await cast.says('wmRenji', '稍等，我问一下仓库', { speaker: 'rep', at: ago(9) })
    expect(await silenceOf('wmRenji')).toBeNull()
    await cast.says('wmRenji', '能到，周四发', { speaker: 'rep', at: ago(8) })
    expect(await silenceOf('wmRenji')).not.toBeNull()
  })

  it('and while colleagues have not answered what the customer wants changed', async () => {
    await talked('wmRenji')
    const messageIds = (await cast.db.message.findMany({ where: { speaker: 'customer' }, take: 1 })).map(({ id }) => id)
    const changeId = await cast.captures('wmRenji', { messageIds, at: ago(10) })
    expect(await silenceOf('wmRenji')).toBeNull()
    await cast.db.ask.updateMany({ where: { changeId }, data: { answeredAt: ago(9), verdict: 'can' } })
    expect(await silenceOf('wmRenji')).not.toBeNull()
  })

  it('a call that was talked is their word too; one they made and nobody took waits for us', async () => {
    await talked('wmRenji')
    const call = async (outcome: string, direction: string, days: number) =>
      cast.db.call.create({
        data: {
          ...{ id: newId(), sourceKey: newId(), source: 'page', direction, outcome },
          ...{ personId: await cast.personId('wanglei'), contactId: await cast.contactId('wmRenji') },
          ...{ startedAt: ago(days), heardAt: ago(days) },
        },
      })
    await call('missed', 'out', 2)
    expect(await silenceOf('wmRenji')).not.toBeNull()
    const { id } = await call('missed', 'in', 6)
    await cast.db.message.deleteMany({ where: { saidAt: { gt: ago(6) } } })
    await cast.db.call.deleteMany({ where: { direction: 'out' } })
    expect(await silenceOf('wmRenji', { now: at(10 * DAY) })).toBeNull()
    await cast.db.call.update({ where: { id }, data: { outcome: 'connected' } })
    expect(await silenceOf('wmRenji')).toBeNull()
    expect((await silenceOf('wmRenji', { now: at(10 * DAY) }))?.since).toBe(ago(6).toISOString())
  })

  it('who else of the company speaks breaks it, in their own chat or in the group', async () => {
    await talked('wmRenji')
    const { id: customerId } = await cast.customer('wmRenji')
    const personId = await cast.personId('wanglei')
    const colleague = await cast.db.contact.create({ data: { id: newId(), name: '吴工', customerId, createdAt: ago(40) } })
    const said = { source: 'archive', personId, speaker: 'customer', text: '收到了', saidAt: ago(1) }
    const message = { ...said, id: newId(), sourceKey: newId(), contactId: colleague.id }
    await cast.db.message.create({ data: message })
    expect(await silenceOf('wmRenji')).toBeNull()

    // A stranger of their group: nobody's contact, but one of theirs.
    const group = { id: newId(), platform: 'wecom', organisation: 'o', chatId: newId(), name: '供货群', customerId }
    await cast.db.group.create({ data: { ...group, createdAt: ago(40) } })
    const stranger = await cast.db.contact.create({ data: { id: newId(), name: '方护士长', createdAt: ago(40) } })
    await cast.db.message.update({ where: { id: message.id }, data: { contactId: stranger.id } })
    expect(await silenceOf('wmRenji')).not.toBeNull()
    await cast.db.message.update({ where: { id: message.id }, data: { groupId: group.id } })
    expect(await silenceOf('wmRenji')).toBeNull()
  })
})

describe('it is not said', () => {
  it('of who is no customer, or was put off to a later day', async () => {
    await createNewcomers(cast).chats('wmNew', { at: ago(40) })
    await talked('wmNew')
    expect(await silenceOf('wmNew')).not.toBeNull()
    const set = async (data: { state: 'not_customer' | 'nurturing'; until?: Date }) =>
      cast.db.firstContact.updateMany({ where: { contactId: await cast.contactId('wmNew') }, data })
    await set({ state: 'not_customer' })
    expect(await silenceOf('wmNew')).toBeNull()
    await set({ state: 'nurturing', until: at(DAY) })
    expect(await silenceOf('wmNew')).toBeNull()
    expect(await silenceOf('wmNew', { now: at(2 * DAY) })).not.toBeNull()
  })

  it('of who has deleted us: that is something else', async () => {
    await talked('wmRenji')
    await cast.db.follow.updateMany({ data: { endedAt: ago(3), endedBy: 'customer' } })
    expect(await silenceOf('wmRenji')).toBeNull()
  })

  it('where words were lost, or are not heard at all', async () => {
    await talked('wmRenji')
    const actor = await cast.actor('wanglei')
    const me = { id: actor.personId, name: actor.name, roles: actor.roles, organisation: '', platform: 'wecom' as const }
    const ask = { contactId: await cast.contactId('wmRenji'), me, now: NOW }
    expect((await tellStory(cast.db, actor, { ...ask, hears: 'paste-only' })).silence).toBeNull()
    await cast.db.archiveCursor.create({ data: { source: 'wecom', seq: 1n, gap: '11 月 14 日到 16 日' } })
    expect(await silenceOf('wmRenji')).toBeNull()
  })
})

describe('who looks', () => {
  it('sees the rhythm of their own chat alone where the company is a colleague’s', async () => {
    await talked('wmJinhai', { by: 'chenjing' })
    const [contactId, personId] = [await cast.contactId('wmJinhai'), await cast.personId('wanglei')]
    await cast.db.follow.create({ data: { contactId, personId, since: ago(40), confirmedAt: ago(40) } })
    expect(await silenceOf('wmJinhai', { by: 'chenjing' })).not.toBeNull()
    expect(await silenceOf('wmJinhai')).toBeNull()
    await talked('wmJinhai')
    expect(await silenceOf('wmJinhai')).not.toBeNull()
    // What they tell the owner is not the other's to know of.
    await cast.says('wmJinhai', '在的', { by: 'chenjing', at: ago(1) })
    expect(await silenceOf('wmJinhai', { by: 'chenjing' })).toBeNull()
    expect(await silenceOf('wmJinhai')).not.toBeNull()
  })

  it('a week of six days makes the same silence longer, by the organisation’s own setting', async () => {
    await talked('wmRenji')
    const onFriday = at(-3 * DAY)
    expect(await silenceOf('wmRenji', { now: onFriday })).toBeNull()
    const value = { ...defaultCalm, week: 'six' as const }
    await cast.db.rule.create({ data: { name: 'calm', version: 99, value, by: '何平', at: ago(50) } })
    expect(await silenceOf('wmRenji', { now: onFriday })).not.toBeNull()
  })
})
