import { constants, privateDecrypt } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DecryptData, GetMediaData, Init, NewSdk } from '../finance-sdk.mjs'
import type { Callback } from '../state/callbacks.js'
import { ARCHIVE_KEY, ARCHIVE_SECRET, CORP_ID, startForTest, type TestStandin } from '../testing/start.js'

let standin: TestStandin
beforeEach(async () => {
  standin = await startForTest()
})
afterEach(() => standin.close())

/** The demo's own past. */
const PAST = 10
/** What somebody who has the archive's key reads of what is new. */
async function read() {
  const body = { corpid: CORP_ID, secret: ARCHIVE_SECRET, seq: PAST, limit: 100 }
  const { chatdata } = await standin.json('/__finance/chatdata', { body })
  return chatdata.map((record: { encrypt_random_key: string; encrypt_chat_msg: string }) => {
    const padded = privateDecrypt(
      { key: ARCHIVE_KEY, padding: constants.RSA_NO_PADDING },
      Buffer.from(record.encrypt_random_key, 'base64'),
    )
    return JSON.parse(DecryptData(padded.subarray(padded.indexOf(0, 2) + 1).toString(), record.encrypt_chat_msg).data)
  })
}

it('a call with a WeChat user is one record, with a WeCom user one of each side', async () => {
  await standin.control('call', { rep: 'wanglei', externalUserId: 'wmRenji', seconds: 192 })
  const { added } = await standin.control('contacts/add', { rep: 'wanglei', name: '伙伴', type: 2 })
  await standin.control('call', { rep: 'wanglei', externalUserId: added[0].externalUserId, from: 'rep', seconds: 5, video: true })
  const [one, mine, theirs, ...rest] = await read()
  expect(one).toMatchObject({
    msgtype: 'voiptext',
    from: 'wmRenji',
    tolist: ['wanglei'],
    info: { callduration: 192, invitetype: 2 },
  })
  expect([mine.from, theirs.from]).toEqual(['wanglei', added[0].externalUserId])
  expect(mine.info).toEqual({ callduration: 5, invitetype: 1 })
  expect(rest).toEqual([])
  const chat = (await standin.state()).chats.find((c: { externalUserId: string }) => c.externalUserId === 'wmRenji')
  expect(chat.messages.at(-1)).toMatchObject({ text: '语音通话 03:12', call: { seconds: 192 }, from: 'customer' })
})

it('words and a conference in a group go to all the others, under its id', async () => {
  await standin.control('groups/say', { chatId: 'wrRenjiSupply', from: 'wmRenjiWu', text: '配吗' })
  const { sdkfileid } = await standin.control('groups/call', { chatId: 'wrRenjiSupply', from: 'wanglei', seconds: 60 })
  expect(await read()).toMatchObject([
    { msgtype: 'text', from: 'wmRenjiWu', roomid: 'wrRenjiSupply', tolist: ['wanglei', 'zhaoqiang', 'wmRenji', 'wmRenjiFang'] },
    {
      msgtype: 'meeting_voice_call',
      from: 'wanglei',
      voiceid: expect.any(String),
      meeting_voice_call: { sdkfileid, endtime: expect.any(Number) },
    },
  ])
  await standin.control('archive', { consent: { wmRenjiWu: false } })
  await standin.control('groups/say', { chatId: 'wrRenjiSupply', from: 'wmRenjiWu', text: '不存我的' })
  await standin.control('groups/say', { chatId: 'wrRenjiSupply', from: 'zhaoqiang', text: '好' })
  expect((await read()).slice(2).map((record: { from: string }) => record.from)).toEqual(['zhaoqiang'])
})

it('hears nobody where none of ours has a seat', async () => {
  await standin.control('contacts/scope', { userid: 'chenjing', archive: false })
  await standin.control('chat', { rep: 'chenjing', externalUserId: 'wmJinhai', from: 'customer', text: '听不见' })
  expect(await read()).toEqual([])
  const { access_token } = await standin.json(`/cgi-bin/gettoken?corpid=${CORP_ID}&corpsecret=${ARCHIVE_SECRET}`)
  const audit = (name: string, body: object) => standin.json(`/cgi-bin/msgaudit/${name}?access_token=${access_token}`, { body })
  expect((await audit('get_permit_user_list', {})).ids).toEqual(['wanglei', 'lina', 'zhaoqiang'])
  expect((await standin.api('msgaudit/get_permit_user_list', {})).errcode).toBe(48002)
  await standin.control('consent', { externalUserId: 'wmRenji', agreed: false })
  const info = [
    { userid: 'wanglei', exteranalopenid: 'wmRenji' },
    { userid: 'wanglei', exteranalopenid: 'wmHuaqiang' },
  ]
  expect((await audit('check_single_agree', { info })).agreeinfo).toMatchObject([
    { exteranalopenid: 'wmRenji', agree_status: 'Disagree' },
    { exteranalopenid: 'wmHuaqiang', agree_status: 'Agree' },
  ])
  expect((await audit('check_room_agree', { roomid: 'wrRenjiSupply' })).agreeinfo).toHaveLength(3)
})

it('a yes is an event and a record, a no a record only', async () => {
  await standin.control('consent', { externalUserId: 'wmRenji', agreed: false })
  await standin.control('consent', { externalUserId: 'wmRenji', agreed: true })
  expect(await read()).toMatchObject([
    { msgtype: 'disagree', from: 'wmRenji', disagree: { userid: 'wmRenji', disagree_time: expect.any(Number) } },
    { msgtype: 'agree', from: 'wmRenji', agree: { userid: 'wmRenji', agree_time: expect.any(Number) } },
  ])
  const events = ((await standin.control('callbacks')) as Callback[]).filter((c) => c.event === 'change_external_contact')
  expect(events).toHaveLength(1)
  expect(events[0]?.xml).toContain('msg_audit_approved')
})

it('keeps any record, and a file that comes in slices of 512 KB', async () => {
  const bytes = Buffer.alloc(700 * 1024, 'file')
  const record = {
    from: 'wmRenji',
    to: ['wanglei'],
    msgtype: 'file',
    body: { filename: '合同.pdf', fileext: 'pdf' },
    media: bytes.toString('base64'),
  }
  const { sdkfileid } = await standin.control('archive/record', record)
  await standin.control('archive/record', {
    from: 'wanglei',
    to: ['wmRenji'],
    msgtype: 'docmsg',
    key: 'doc',
    body: { title: '报价' },
  })
  expect(await read()).toMatchObject([
    {
      msgtype: 'file',
      file: { filename: '合同.pdf', filesize: bytes.length, md5sum: expect.stringMatching(/^[0-9a-f]{32}$/), sdkfileid },
    },
    { msgtype: 'docmsg', doc: { title: '报价' } },
  ])
  process.env.STANDIN_URL = standin.base
  const sdk = NewSdk()
  Init(sdk, CORP_ID, ARCHIVE_SECRET)
  const first = await GetMediaData(sdk, '', sdkfileid, '', '', 5)
  const second = await GetMediaData(sdk, first.outindexbuf, sdkfileid, '', '', 5)
  expect([first.data.length, first.isFinish, second.isFinish]).toEqual([512 * 1024, 0, 1])
  expect(Buffer.concat([first.data, second.data]).equals(bytes)).toBe(true)
  expect((await GetMediaData(sdk, '', 'nothing', '', '', 5)).ret).toBe(10000)
  delete process.env.STANDIN_URL
})

it('seals with the newest key unless an older one is asked for', async () => {
  const versions = async () => {
    const body = { corpid: CORP_ID, secret: ARCHIVE_SECRET, seq: PAST, limit: 100 }
    return (await standin.json('/__finance/chatdata', { body })).chatdata.map(
      (record: { publickey_ver: number }) => record.publickey_ver,
    )
  }
  await standin.close()
  const pem = ARCHIVE_KEY.export({ type: 'pkcs8', format: 'pem' })
  standin = await startForTest({ env: { WECOM_ARCHIVE_KEYS: JSON.stringify({ 3: pem, 12: pem }) } })
  const say = () => standin.control('chat', { rep: 'wanglei', externalUserId: 'wmRenji', from: 'customer', text: '在' })
  await say()
  await standin.control('archive', { keyVersion: 3 })
  await say()
  await standin.control('archive', { keyVersion: null })
  await say()
  expect(await versions()).toEqual([12, 3, 12])
})

it('answers for the calls over 公费电话, minutes and all', async () => {
  const at = new Date(standin.time.now - 3_600_000).toISOString()
  await standin.control('dial', { userid: 'wanglei', phone: '13700020001', minutes: 4, at })
  await standin.control('dial', { userid: 'wanglei', phone: '13700020002', minutes: 1 })
  const now = Math.floor(standin.time.now / 1000)
  const list = (body: object) => standin.api('dial/get_dial_record', body)
  expect((await list({ offset: 0, limit: 1 })).record).toEqual([
    {
      call_time: now - 3_600,
      total_duration: 4,
      call_type: 1,
      caller: { userid: 'wanglei', duration: 4 },
      callee: [{ phone: '13700020001', duration: 4 }],
    },
  ])
  expect((await list({ offset: 1 })).record).toHaveLength(1)
  expect((await list({ start_time: now - 60, end_time: now })).record).toHaveLength(1)
  expect((await list({ start_time: now, end_time: now - 60 })).errcode).toBe(600018)
})
