import { afterAll, beforeAll, expect, it } from 'vitest'
import { mediaSecrets } from '../../domain/message/media-secrets.js'
import type { Db } from '../../lib/db.js'
import { type Cast, createCast, organisation } from '../../test/factories/cast.js'
import { keepLog } from '../../test/factories/log.js'
import { at, HOUR, inWork, MINUTE, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { loadDefinitions } from '../definitions.js'
import { handleRow } from '../handle-row.js'

const dataKey = 'k'.repeat(32)
const needs = {
  organisations: { wecom: organisation, dingtalk: null },
  publicUrl: 'https://bulou.test',
  dataKey,
  pullArchive: () => {},
  log: keepLog().log,
}

let db: Db
let close: () => Promise<void>
let cast: Cast
beforeAll(async () => {
  ;({ db, close } = await freshDb())
  cast = await createCast(db)
})
afterAll(() => close())

let told = 0
/** One record of the archive, heard; its message's key. */
async function hear(record: object, now = NOW): Promise<string> {
  told += 1
  const whole = {
    msgid: `a${told}_external`,
    action: 'send',
    from: 'wmRenji',
    tolist: ['wanglei'],
    roomid: '',
    msgtime: now.getTime(),
    ...record,
  }
  const row = {
    seq: 0n,
    source: 'wecom-archive',
    key: `wecom-archive:${whole.msgid}`,
    body: JSON.stringify(whole),
    trace: 'test',
  }
  const definitions = await loadDefinitions()
  await inWork(db, (work) => handleRow({ ...needs, definitions }, work, row), now)
  return `wecom:${whole.msgid}`
}
const messageOf = (sourceKey: string) =>
  db.message.findUnique({ where: { sourceKey }, include: { media: true, group: true, contact: true, person: true } })

it('a line made of what has no words is nothing to understand; what was written beside a picture is', async () => {
  const finding = async (record: object) => (await messageOf(await hear(record)))?.finding
  expect(await finding({ from: 'wmHuaqiang', msgtype: 'voiptext', info: { callduration: 192, invitetype: 2 } })).toBeNull()
  expect(await finding({ from: 'wmHuaqiang', roomid: 'wrRenji', msgtype: 'voice', voice: { play_length: 12 } })).toBeNull()
  const item = [
    { type: 'image', content: '{}' },
    { type: 'text', content: '{"content":"数量加到300套"}' },
  ]
  expect(await finding({ msgtype: 'mixed', mixed: { item } })).toMatchObject({ change: true })
  expect(await finding({ msgtype: 'text', text: { content: '[数量加到300套]' } })).toMatchObject({ change: true })
})

it('a call in the chat is a line of it and a call: how long, and who called', async () => {
  const key = await hear({ msgtype: 'voiptext', info: { callduration: 192, invitetype: 2 } })
  expect(await messageOf(key)).toMatchObject({ text: '[语音通话 3分12秒]', speaker: 'customer' })
  const contactId = await cast.contactId('wmRenji')
  expect(await db.call.findUnique({ where: { sourceKey: key } })).toMatchObject({
    ...{ source: 'archive', contactId, personId: await cast.personId('wanglei'), startedAt: NOW },
    ...{ direction: 'in', seconds: 192, outcome: 'connected', hash: null },
  })
  expect(await db.touch.findUnique({ where: { key: `call:${key}` } })).toMatchObject({ source: 'call', seconds: 192 })
})

it('a call that nobody took is kept, and is no touch', async () => {
  const key = await hear({ from: 'wanglei', tolist: ['wmRenji'], msgtype: 'voiptext', info: { callduration: 0, invitetype: 1 } })
  expect(await db.call.findUnique({ where: { sourceKey: key } })).toMatchObject({
    direction: 'out',
    outcome: 'missed',
    seconds: 0,
  })
  expect(await db.touch.count({ where: { key: `call:${key}` } })).toBe(0)
})

it('a recorded call names its sound, which nobody has fetched', async () => {
  const meeting_voice_call = { endtime: NOW.getTime() / 1000 + 60, sdkfileid: 'sound-1' }
  const key = await hear({ msgtype: 'meeting_voice_call', voiceid: 'v1', meeting_voice_call })
  const message = await messageOf(key)
  expect(message?.media).toMatchObject([{ kind: 'voice', state: 'waiting', data: null }])
  expect(message?.media[0]?.fileId).not.toContain('sound-1')
  expect(mediaSecrets(dataKey).open(message?.media[0]?.fileId ?? '')).toBe('sound-1')
})

it.each([
  ['a chat', {}],
  ['a group', { roomid: 'wrRecalled' }],
])(
  'what was taken back in %s before its message was to be had is taken back all the same, and no line of the morning',
  async (_, room) => {
    const msgid = `recalled${Object.keys(room)}_external`
    const key = `wecom:${msgid}`
    await hear({ ...room, action: 'recall', msgtype: 'revoke', revoke: { pre_msgid: msgid } }, at(MINUTE))
    await hear({ ...room, action: 'recall', msgtype: 'revoke', revoke: { pre_msgid: msgid } }, at(2 * MINUTE))
    expect(await messageOf(key)).toBeNull()
    await hear({ ...room, msgid, msgtype: 'text', text: { content: '数量从200改成300套' }, msgtime: NOW.getTime() }, at(HOUR))
    const message = await messageOf(key)
    expect(message).toMatchObject({ text: '数量从200改成300套', revokedAt: at(MINUTE) })
    expect(await db.reminder.count({ where: { subject: `message:${message?.id}` } })).toBe(0)
    // The record comes once more: it was heard.
    await hear({ ...room, action: 'recall', msgtype: 'revoke', revoke: { pre_msgid: msgid } }, at(2 * HOUR))
    expect(await messageOf(key)).toMatchObject({ revokedAt: at(MINUTE) })
  },
)

it('a file that is too large to fetch says so at once', async () => {
  const key = await hear({ msgtype: 'file', file: { filename: '总装图.dwg', filesize: 30 * 1024 * 1024, sdkfileid: 'f' } })
  expect((await messageOf(key))?.media).toMatchObject([
    { name: '总装图.dwg', state: 'gone', reason: expect.stringContaining('20 MB') },
  ])
})

const consentOf = async (external: string) =>
  db.follow.findUnique({
    where: { contactId_personId: { contactId: await cast.contactId(external), personId: await cast.personId('wanglei') } },
    select: { consent: true, consentAt: true },
  })

it('keeps whether the customer agreed; the newest word counts, in whatever order it comes', async () => {
  await hear({ msgtype: 'disagree', disagree: { userid: 'wmRenji' } }, at(HOUR))
  expect(await consentOf('wmRenji')).toEqual({ consent: 'refused', consentAt: at(HOUR) })
  await hear({ msgtype: 'agree', agree: { userid: 'wmRenji' } }, NOW)
  expect(await consentOf('wmRenji')).toEqual({ consent: 'refused', consentAt: at(HOUR) })
  await hear({ msgtype: 'agree', agree: { userid: 'wmRenji' } }, at(2 * HOUR))
  expect(await consentOf('wmRenji')).toEqual({ consent: 'agreed', consentAt: at(2 * HOUR) })
})

it('in a group the contact is who spoke, a stranger too, and for our words whoever spoke last', async () => {
  const group = { roomid: 'wrSupply', tolist: ['wanglei', 'lina', 'wmHuaqiang'] }
  const text = (content: string) => ({ msgtype: 'text', text: { content } })
  const first = await messageOf(await hear({ ...group, from: 'wmRenji', ...text('这批能改到下周五吗') }))
  expect(first).toMatchObject({ speaker: 'customer', contactId: await cast.contactId('wmRenji'), group: { chatId: 'wrSupply' } })
  const stranger = await messageOf(await hear({ ...group, from: 'wmStranger', ...text('数量也要加') }, at(MINUTE)))
  expect(stranger).toMatchObject({ speaker: 'customer', groupId: first?.groupId, contact: { provisional: true } })
  const ours = await messageOf(
    await hear({ ...group, from: 'lina', tolist: ['wmRenji', 'wanglei'], ...text('我看看') }, at(2 * MINUTE)),
  )
  expect(ours).toMatchObject({ speaker: 'rep', contactId: stranger?.contactId, personId: await cast.personId('lina') })
})

it('a message of a group that is taken back is marked, and stays', async () => {
  const group = { roomid: 'wrSupply', tolist: ['wanglei'] }
  const key = await hear({ ...group, msgtype: 'text', text: { content: '发错了' } })
  await hear({ ...group, action: 'recall', msgtype: 'revoke', revoke: { pre_msgid: key.slice('wecom:'.length) } }, at(MINUTE))
  expect(await messageOf(key)).toMatchObject({ text: '发错了', revokedAt: at(MINUTE) })
})

it('a group among colleagues is nobody’s business', async () => {
  const groups = await db.group.count()
  await hear({
    from: 'wanglei',
    tolist: ['lina', 'zhaoqiang'],
    roomid: 'wrOurs',
    msgtype: 'text',
    text: { content: '中午吃什么' },
  })
  expect(await db.group.count()).toBe(groups)
  expect(await db.message.count({ where: { text: '中午吃什么' } })).toBe(0)
})
