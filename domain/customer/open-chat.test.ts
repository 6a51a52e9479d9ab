import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Cast, organisation } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { told } from '../../test/factories/profile.js'
import { at, HOUR, inWork, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { keepProfiles } from './keep-profile.js'
import { openChat } from './open-chat.js'
import { tellStory } from './tell-story.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  ;({ cast } = await createChain(database.db))
})

/** What a client says is open: its word, no more. */
const open = async (userid: string, value: string, when = NOW) => {
  const actor = await cast.actor(userid)
  return inWork(cast.db, (work) => openChat(work, actor, { platform: 'wecom', organisation, kind: 'external', value }), when)
}
const fetches = () => cast.db.outbox.findMany({ where: { kind: 'fetch-contact' }, orderBy: { id: 'asc' } })
const profile = (contactId: string, followers: string[]) =>
  inWork(cast.db, (work) => keepProfiles(work, contactId, [told({ name: '周总' }, followers)]))
const story = async (userid: string, contactId: string) => {
  const actor = await cast.actor(userid)
  const me = { id: actor.personId, name: actor.name, roles: actor.roles, organisation: '', platform: 'wecom' as const }
  return tellStory(cast.db, actor, { contactId, me, hears: 'archive', now: NOW })
}

describe('opening a chat', () => {
  it('with one’s own customer opens it, and looks once an hour what no event tells of their remark', async () => {
    const contactId = await cast.contactId('wmRenji')
    for (const when of [NOW, NOW, at(HOUR)]) {
      expect(await open('wanglei', 'wmRenji', when)).toBe(contactId)
      await cast.db.outbox.updateMany({ data: { state: 'done' } })
    }
    expect(await fetches()).toMatchObject([{ payload: { contactId } }, { payload: { contactId } }])
  })

  it('with somebody new opens an empty contact, and asks the platform who they are; once, however often it is opened', async () => {
    const ids = await Promise.all([open('wanglei', 'wmNew'), open('wanglei', 'wmNew'), open('wanglei', 'wmNew')])
    expect(new Set(ids).size).toBe(1)
    expect(await fetches()).toHaveLength(1)
    await profile(ids[0] as string, ['WangLei'])
    expect(await story('wanglei', ids[0] as string)).toMatchObject({
      contact: { name: '周总', externalUserId: 'wmNew' },
      messages: [],
    })
  })

  it('with a colleague’s customer opens nothing and asks the platform, at most once an hour', async () => {
    expect(await open('wanglei', 'wmJinhai')).toBeNull()
    await open('wanglei', 'wmJinhai')
    expect(await fetches()).toHaveLength(1)
    await open('wanglei', 'wmJinhai', at(HOUR))
    expect(await fetches()).toHaveLength(2)
  })

  it('opens it once the platform says that the two know each other, and shows only what this rep took part in', async () => {
    const contactId = await cast.contactId('wmJinhai')
    await cast.says('wmJinhai', '悄悄话', { by: 'chenjing' })
    await profile(contactId, ['ChenJing', 'WangLei'])
    expect(await open('wanglei', 'wmJinhai')).toBe(contactId)
    expect(await story('wanglei', contactId)).toMatchObject({ customer: null, messages: [], requirements: [], changes: [] })
    expect((await story('chenjing', contactId)).messages.map((one) => one.text)).toEqual(['悄悄话'])
  })

  it('a rep who shares the contact sees the changes that they captured themselves', async () => {
    const contactId = await cast.contactId('wmJinhai')
    const messageIds = [await cast.says('wmJinhai', '再加 10 箱', { by: 'wanglei' })]
    const id = await cast.captures('wmJinhai', { by: 'wanglei', messageIds, requirementId: null })
    await cast.captures('wmJinhai', { by: 'chenjing' })
    expect((await story('wanglei', contactId)).changes.map((one) => one.id)).toEqual([id])
    expect((await story('chenjing', contactId)).changes).toHaveLength(2)
  })
})

describe('a claim that the platform denies', () => {
  it('is over: the contact is out of sight again, with everything that came of the claim', async () => {
    const contactId = (await open('wanglei', 'wmNew')) as string
    const messageIds = [await cast.says('wmNew', '我说他说的', { source: 'paste' })]
    await cast.captures('wmNew', { by: 'wanglei', messageIds, requirementId: null })
    await cast.says('wmNew', '真的话', { by: 'chenjing' })
    await profile(contactId, ['chenjing'])
    expect(await open('wanglei', 'wmNew')).toBeNull()
    await expect(story('wanglei', contactId)).rejects.toMatchObject({ code: 'unknown-contact', status: 404 })
    expect((await cast.customer('wmNew')).ownerId).toBe(await cast.personId('chenjing'))
  })

  it('does not touch whoever a message has proved', async () => {
    const contactId = (await open('wanglei', 'wmNew')) as string
    await cast.says('wmNew', '你好', { by: 'wanglei' })
    await profile(contactId, [])
    expect(await open('wanglei', 'wmNew')).toBe(contactId)
  })
})
