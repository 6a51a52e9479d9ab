import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bodyOfEvent, bodyOfRobot } from '../../channels/dingtalk/bodies.js'
import { issueCard } from '../../domain/card/issue-card.js'
import { leave } from '../../domain/handover/leave.js'
import { newId } from '../../lib/ids.js'
import type { Cast } from '../../test/factories/cast.js'
import { organisation } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { keepLog } from '../../test/factories/log.js'
import { at, inWork, MINUTE, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { type Definitions, loadDefinitions } from '../definitions.js'
import { handleRow } from '../handle-row.js'

const corp = 'dingb0100000000b0100'
let database: Awaited<ReturnType<typeof freshDb>>
let definitions: Definitions
let cast: Cast
let wang: string
beforeAll(async () => {
  ;[database, definitions] = await Promise.all([freshDb(), loadDefinitions()])
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.$executeRaw`TRUNCATE customer_group CASCADE`
  ;({ cast } = await createChain(database.db))
  wang = await cast.personId('wanglei')
  const as = { platform: 'dingtalk', organisation: corp, kind: 'member', value: 'Wang01' }
  await database.db.identity.create({ data: { id: newId(), ...as, personId: wang } })
})

/** Hears it as the platform tells it over HTTP, in the one or the other spelling of its fields. */
const hear = (row: { source: string; key: string; body: string }, now = NOW) => {
  const needs = { definitions, organisations: { wecom: organisation, dingtalk: corp }, publicUrl: 'https://bulou.test' }
  const rest = { dataKey: 'k'.repeat(32), pullArchive: () => {}, log: keepLog().log }
  return inWork(database.db, (work) => handleRow({ ...needs, ...rest }, work, { seq: 0n, trace: 'test', ...row }), now)
}
const tell = (EventType: string, data: object, now = NOW) => {
  const told = { EventType, EventTime: now.getTime(), CorpId: corp, eventId: newId(), ...data }
  return hear(bodyOfEvent(told, { message: JSON.stringify(told), sentAt: 0 }), now)
}
const asked = (kind: string) => database.db.outbox.findMany({ where: { kind } })
const reach = () => database.db.reach.findFirst({ where: { personId: wang, channel: 'dingtalk' } })

describe('the directory', () => {
  it('who left is asked about, each of several, once an event; strangers are nobody', async () => {
    await tell('user_leave_org', { userId: ['Wang01', 'wang01', 'nobody'] })
    await tell('user_leave_org', { UserId: 'Wang01' }, at(MINUTE))
    expect((await asked('confirm-left')).map((row) => row.payload)).toEqual([
      { personId: wang, attempt: 1 },
      { personId: wang, attempt: 1 },
    ])
    expect(await database.db.person.findUniqueOrThrow({ where: { id: wang } })).toMatchObject({ leftAt: null })
  })

  it('who joins again is back, and can be written to', async () => {
    await inWork(database.db, (work) => leave(work, wang))
    await database.db.reach.create({ data: { personId: wang, channel: 'dingtalk', barredWhy: '还没加入钉钉' } })
    await tell('user_add_org', { userId: ['Wang01', 'someone-new'] })
    expect(await database.db.person.findUniqueOrThrow({ where: { id: wang } })).toMatchObject({ leftAt: null })
    expect(await reach()).toMatchObject({ barredWhy: null })
    // Who is new is met when they come.
    expect(await database.db.identity.count({ where: { value: 'someone-new' } })).toBe(0)
  })

  it('who joined before they left, and is told of late, stays away', async () => {
    await inWork(database.db, (work) => leave(work, wang), at(2 * MINUTE))
    const EventTime = at(MINUTE).getTime()
    await tell('user_add_org', { userId: ['Wang01'], EventTime }, at(3 * MINUTE))
    expect(await database.db.person.findUniqueOrThrow({ where: { id: wang } })).toMatchObject({ leftAt: at(2 * MINUTE) })
  })

  it('who logs in for the first time can be written to', async () => {
    await database.db.reach.create({ data: { personId: wang, channel: 'dingtalk', barredWhy: '还没加入钉钉' } })
    await tell('user_active_org', { userId: ['Wang01'] })
    expect(await reach()).toMatchObject({ barredWhy: null })
  })

  it('whose entry changed is read anew, once a change', async () => {
    await tell('user_modify_org', { userId: ['Wang01'] }, at(MINUTE))
    await tell('user_modify_org', { userId: ['Wang01'] }, at(MINUTE))
    expect(await asked('fetch-member')).toMatchObject([{ payload: { personId: wang } }])
  })
})

it('departments that change at a time are one look at the directory, soon', async () => {
  await tell('org_dept_create', { deptId: [2] })
  await tell('org_dept_modify', { deptId: [3] })
  await tell('org_dept_remove', { deptId: [4] }, at(MINUTE))
  const looks = await asked('list-dingtalk-department')
  expect(looks).toHaveLength(1)
  expect(looks[0]?.notBefore.getTime()).toBeGreaterThan(at(MINUTE).getTime())
})

it('a customer of its CRM is looked at by who put it in, else by whose it was; other rows are none of ours', async () => {
  const looks = async () => (await asked('list-dingtalk-customers')).map((row) => (row.payload as { operator: string }).operator)
  await tell('ding_paas_object_data_create', { ObjectType: 'crm_contact', DataId: 'i0', operatorUserId: 'Wang01' })
  await tell('ding_paas_object_data_create', { ObjectType: 'crm_customer', DataId: 'unknown', DataType: 'master' })
  expect(await looks()).toEqual([])
  await tell('ding_paas_object_data_create', { objectType: 'crm_customer_personal', dataId: 'i1', operatorUserId: 'Wang01' })
  expect([...new Set(await looks())]).toEqual(['Wang01'])
  const listed = { platform: 'dingtalk-crm', organisation: corp, value: 'i2', hash: 'h', followers: ['Li01'], run: 'r', at: NOW }
  await database.db.listedContact.create({ data: listed })
  await tell('ding_paas_object_data_update', { ObjectType: 'crm_customer', DataId: 'i2', DataType: 'master' })
  expect([...new Set(await looks())].sort()).toEqual(['Li01', 'Wang01'])
})

it.each(['帮助', '需求 镇海石化'])('asked in DingTalk, %s names the ways that there are in DingTalk', async (content) => {
  const bare = { name: '镇海石化', ownerId: wang, createdAt: NOW, source: 'crm' }
  await database.db.customer.create({ data: { id: newId(), ...bare } })
  const words = { msgId: newId(), msgtype: 'text', text: { content }, senderStaffId: 'Wang01', createAt: NOW.getTime() }
  await hear(bodyOfRobot({ ...words, conversationId: 'cid1', conversationType: '1' }))
  const [said] = await asked('send-text')
  expect(said?.payload).toMatchObject({ text: expect.stringMatching(/把他的话转给我，或者在工作台打开不漏粘贴/) })
  expect(JSON.stringify(said?.payload)).not.toContain('侧边栏')
})

describe('groups', () => {
  const cool = { openConversationId: 'cidG', coolAppCode: 'COOLAPP-1', robotCode: 'r', operator: 'Wang01' }
  const group = () => database.db.group.findFirst({ where: { platform: 'dingtalk', chatId: 'cidG' } })

  it('one with our 酷应用 is known, and what has to be named there; its name comes with the first words', async () => {
    await tell('im_cool_app_install', cool)
    await tell('im_cool_app_install', cool)
    expect(await group()).toMatchObject({ organisation: corp, name: '钉钉群', coolAppCode: 'COOLAPP-1' })
    const words = { msgId: 'm', msgtype: 'text', text: { content: '帮助' }, senderStaffId: 'Wang01', createAt: NOW.getTime() }
    await hear(bodyOfRobot({ ...words, conversationId: 'cidG', conversationType: '2', conversationTitle: '仁济项目群' }))
    expect(await group()).toMatchObject({ name: '仁济项目群' })
    await tell('chat_update_title', { OpenConversationId: 'cidG', ChatId: 'chat1', Title: ' 仁济二期 ' })
    expect(await group()).toMatchObject({ name: '仁济二期', dismissedAt: null })
    await tell('im_cool_app_uninstall', cool)
    expect(await group()).toMatchObject({ coolAppCode: null })
    await tell('chat_disband', { openConversationId: 'cidG' }, at(MINUTE))
    expect(await group()).toMatchObject({ name: '仁济二期', dismissedAt: at(MINUTE) })
  })

  it('one that nobody has met stays unknown', async () => {
    await tell('chat_update_title', { openConversationId: 'cidG', title: '午饭群' })
    await tell('chat_disband', { openConversationId: 'cidG' })
    await tell('chat_disband', { chatId: 'an old id alone' })
    expect(await group()).toBeNull()
  })
})

describe('what the robot sent', () => {
  const read = { UserId: 'Wang01', ProcessQueryKey: 'key-1', OperatTime: '1654641965416', RobotCode: 'r' }
  const copies = () => database.db.cardCopy.findMany({ where: { personId: wang, card: { subject: 'try:1' } } })
  async function sent(): Promise<void> {
    await inWork(database.db, (work) =>
      issueCard(work, { kind: 'try-one', subject: 'try:1', people: [wang], route: [['dingtalk']] }),
    )
    await database.db.cardCopy.updateMany({ where: { personId: wang }, data: { state: 'submitted', handle: 'key-1' } })
  }

  it('and was read has arrived, by its reader alone; reading is a sign of life', async () => {
    await sent()
    await tell('robot_msg_read', { ...read, UserId: 'somebody' })
    await tell('robot_msg_read', { ...read, ProcessQueryKey: 'another' })
    expect(await copies()).toMatchObject([{ state: 'submitted' }])
    await tell('robot_msg_read', read, at(MINUTE))
    expect(await copies()).toMatchObject([{ state: 'delivered', reason: '对方已读', stateAt: at(MINUTE) }])
    expect(await reach()).toMatchObject({ activeAt: NOW })
  })

  it('and was taken back is not there any more', async () => {
    await sent()
    await tell('robot_msg_recall', { ProcessQueryKey: 'key-1' }, at(MINUTE))
    await tell('robot_msg_recall', {})
    expect(await copies()).toMatchObject([{ recalledAt: at(MINUTE) }])
  })
})

it('an event that nobody here knows is kept and counted', async () => {
  expect(await tell('attendance_check_record', { dataList: [] })).toBe('unknown-event:dingtalk:attendance-check-record')
})
