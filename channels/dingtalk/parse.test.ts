import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GiveUp } from '../../lib/errors.js'
import { bodyOfCard, bodyOfRobot, bodyOfStreamEvent } from './bodies.js'
import { parseEvent, parsePress } from './parse.js'
import { parseRobot } from './parse-robot.js'
import { quotaEndOf } from './quota-end.js'

const corp = 'ding9f50b15bccd16741'
const from = (value: string) => ({ platform: 'dingtalk', organisation: corp, kind: 'member', value })
const AT = 1_763_690_400_000

describe('an event out of a frame', () => {
  const headers = { eventType: 'robot_msg_read', eventId: 'e9', eventCorpId: corp, eventBornTime: String(AT), topic: '*' }

  it('has the same body as over HTTP', () => {
    const row = bodyOfStreamEvent(headers, { userId: 'Manager', processQueryKey: 'k' })
    expect(row).toMatchObject({ source: 'dingtalk', key: 'dingtalk:event:e9', lane: 'dingtalk:manager' })
    expect(parseEvent(row.body)).toEqual({
      ...{ kind: 'happened', event: 'robot-msg-read', at: new Date(AT) },
      data: { userId: 'Manager', processQueryKey: 'k' },
    })
  })

  it('that has no id is known by all of it', () => {
    const keyOf = (data: object) => bodyOfStreamEvent({ ...headers, eventId: '' }, { ...data }).key
    expect(keyOf({ userId: 'a' })).toBe(keyOf({ userId: 'a' }))
    expect(keyOf({ userId: 'a' })).not.toBe(keyOf({ userId: 'b' }))
  })

  it('is parked when it is none', () => {
    expect(() => parseEvent('{"eventType":"","bornTime":0,"data":{}}')).toThrow(GiveUp)
  })
})

/** As official page receive-message has it, with nothing left out. */
const message = {
  conversationId: 'cidA==',
  atUsers: [{ dingtalkId: '$:LWCP_v1:$x', staffId: 'robot' }],
  chatbotCorpId: corp,
  chatbotUserId: '$:LWCP_v1:$y',
  msgId: 'msgA/b+==',
  senderNick: '王磊',
  isAdmin: false,
  senderStaffId: 'WangLei',
  sessionWebhookExpiredTime: AT + 5_400_000,
  createAt: AT,
  senderCorpId: corp,
  conversationType: '1',
  senderId: '$:LWCP_v1:$z',
  sessionWebhook: 'https://oapi.dingtalk.com/robot/sendBySession?session=1a2b3c',
  text: { content: ' 今日必跟 ' },
  robotCode: 'dingrobot',
  msgtype: 'text',
}
const hear = (changes: object) => parseRobot(bodyOfRobot({ ...message, ...changes }).body, corp)

describe('what is said to the robot', () => {
  it('is kept as it came, on the lane of who said it', () => {
    const row = bodyOfRobot(message)
    expect(row).toMatchObject({ source: 'dingtalk-robot', key: 'dingtalk:robot:msgA/b+==', lane: 'dingtalk:wanglei' })
    expect(JSON.parse(row.body)).toEqual(message)
  })

  it('alone: trimmed, by the userid to the letter, with the session to answer in', () => {
    const webhook = { session: '1a2b3c', until: new Date(AT + 5_400_000) }
    expect(hear({})).toEqual({
      ...{ kind: 'said', from: from('WangLei'), text: '今日必跟', messageId: 'msgA/b+==', at: new Date(AT) },
      session: { conversationId: 'cidA==', group: null, webhook },
    })
  })

  it('in a group: says which', () => {
    expect(hear({ conversationType: '2', conversationTitle: '永固项目群', isInAtList: true })).toMatchObject({
      kind: 'said',
      session: { conversationId: 'cidA==', group: { title: '永固项目群' } },
    })
  })

  it('takes no host from the message', () => {
    const session = (sessionWebhook: unknown) => hear({ sessionWebhook })
    expect(session('https://evil.example/take?session=1a2b3c')).toMatchObject({ session: { webhook: { session: '1a2b3c' } } })
    expect(JSON.stringify(session('https://evil.example/take?session=1a2b3c'))).not.toContain('evil')
    for (const none of [undefined, 'no address', 'https://oapi.dingtalk.com/robot/sendBySession'])
      expect(session(none)).toMatchObject({ session: { webhook: null } })
  })

  it('joins rich text, and gives a spoken word as it was written down', () => {
    const richText = [{ text: '交期' }, { type: 'picture', downloadCode: 'd' }, { text: '改成下周五\n' }]
    expect(hear({ msgtype: 'richText', content: { richText } })).toMatchObject({ text: '交期改成下周五' })
    const spoken = { duration: 4000, downloadCode: 'd', recognition: '今天有什么要跟的' }
    expect(hear({ msgtype: 'audio', content: spoken })).toMatchObject({ text: '今天有什么要跟的' })
    expect(hear({ msgtype: 'audio', content: JSON.stringify(spoken) })).toMatchObject({ text: '今天有什么要跟的' })
  })

  it('says what it can’t read', () => {
    const unread = (msgtype: string, content: unknown = {}) => hear({ msgtype, content })
    expect(unread('picture', { downloadCode: 'd' })).toMatchObject({ text: '', unread: '图片' })
    expect(unread('richText', { richText: [{ type: 'picture' }] })).toMatchObject({ text: '', unread: '图片' })
    expect(unread('file')).toMatchObject({ unread: '文件' })
    expect(unread('video')).toMatchObject({ unread: '视频' })
    expect(unread('audio', { duration: 1 })).toMatchObject({ unread: '语音' })
    expect(unread('unknownMsgType')).toMatchObject({ unread: '这种消息' })
  })

  it('a userid of another organisation’s is nobody of ours, whoever of ours bears the same', () => {
    expect(hear({ senderCorpId: 'dingother' })).toMatchObject({ kind: 'happened', event: 'robot-stranger' })
    expect(hear({ senderCorpId: undefined })).toMatchObject({ kind: 'said', from: from('WangLei') })
  })

  it('a stranger, or a robot that is not published: nobody of ours said it', () => {
    const row = bodyOfRobot({ ...message, senderStaffId: undefined })
    expect(row.lane).toBe('dingtalk:sender:$:LWCP_v1:$z')
    expect(parseRobot(row.body, corp)).toMatchObject({
      ...{ kind: 'happened', event: 'robot-stranger' },
      data: { sender: '$:LWCP_v1:$z', session: { webhook: { session: '1a2b3c' } } },
    })
  })

  it('holds nothing that a row can’t, in its key and lane neither', () => {
    const row = bodyOfRobot({ ...message, msgId: 'a\0b', senderStaffId: 'W\0ang\ud800', text: { content: 'x\0y' } })
    expect(row).toMatchObject({ key: 'dingtalk:robot:ab', lane: 'dingtalk:wang' })
    expect(row.body).not.toMatch(/\\u0000|\\ud800/)
  })

  it('is parked where it says too little, and nothing else is thrown', () => {
    expect(() => hear({ createAt: undefined })).toThrow(/createAt/)
    fc.assert(
      fc.property(fc.object(), (told) => {
        try {
          parseRobot(bodyOfRobot({ ...message, ...told }).body, corp)
        } catch (error) {
          expect(error).toBeInstanceOf(GiveUp)
        }
      }),
    )
  })
})

describe('a press', () => {
  const told = {
    ...{ type: 'actionCallback', outTrackId: 'copy-1', corpId: corp, userId: 'WangLei' },
    content: JSON.stringify({ cardPrivateData: { actionIds: ['b1'], params: { action: 'confirm-can' } } }),
  }
  const over = (body: string, timestamp: string) => bodyOfCard(told, { via: 'http', signed: { body, timestamp } })

  it('names the copy, who, and the button', () => {
    const row = bodyOfCard(told, { via: 'stream', messageId: 'm1', time: String(AT) })
    expect(row).toMatchObject({ source: 'dingtalk-card', key: 'dingtalk:card:m1', lane: 'dingtalk:wanglei' })
    expect(parsePress(row.body, corp)).toEqual({
      ...{ kind: 'pressed', from: from('WangLei'), card: 'copy-1', action: 'confirm-can', code: null, at: new Date(AT) },
    })
  })

  it('over HTTP is the same press only when body and signature are', () => {
    expect(over('{}', String(AT)).key).toBe(over('{}', String(AT)).key)
    expect(over('{}', String(AT)).key).not.toBe(over('{}', String(AT + 1)).key)
    expect(over('{}', String(AT)).key).not.toBe(over('{ }', String(AT)).key)
    expect(parsePress(over('{}', String(AT)).body, corp)).toMatchObject({ at: new Date(AT) })
  })

  it('over Stream is known by its frame, and where that has no id by all of it', () => {
    const keyOf = (messageId: string, time: number) => bodyOfCard(told, { via: 'stream', messageId, time: String(time) }).key
    expect(keyOf('m1', AT)).toBe(keyOf('m1', AT + 1))
    expect(keyOf('', AT)).toBe(keyOf('', AT))
    expect(keyOf('', AT)).not.toBe(keyOf('', AT + 1))
  })

  it('without a button of ours is parked', () => {
    const row = bodyOfCard({ ...told, content: 'no JSON' }, { via: 'stream', messageId: 'm2', time: String(AT) })
    expect(() => parsePress(row.body, corp)).toThrow(/without action/)
  })
})

it('a used-up quota comes without content', () => {
  expect(quotaEndOf({ errCode: 20001, errMsg: '超出限额' })).toBe('超出限额')
  expect(quotaEndOf({ errCode: '20001' })).toBe('20001')
  expect(quotaEndOf(message)).toBeNull()
})
