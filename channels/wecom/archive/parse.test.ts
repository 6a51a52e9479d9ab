import { describe, expect, it } from 'vitest'
import { parseArchiveRecord } from './parse.js'

const at = new Date(1547087894783)
const send = { msgid: 'm1_external', action: 'send', from: 'wmRenji', tolist: ['wanglei'], roomid: '', msgtime: at.getTime() }
const hear = (record: object) => parseArchiveRecord(JSON.stringify(record))
const text = (content: string) => ({ msgtype: 'text', text: { content } })

describe('parseArchiveRecord', () => {
  it('hears a customer', () => {
    expect(hear({ ...send, ...text('交期改成下周五吧') })).toEqual({
      kind: 'happened',
      event: 'chat-message',
      data: {
        messageId: 'm1_external',
        member: 'wanglei',
        external: 'wmRenji',
        speaker: 'customer',
        text: '交期改成下周五吧',
        quoted: null,
        wordless: false,
        call: null,
        media: [],
      },
      at,
    })
  })

  it('hears the rep in the same chat', () => {
    const heard = hear({ ...send, from: 'wanglei', tolist: ['wmRenji'], ...text('好的') })
    expect(heard).toMatchObject({ event: 'chat-message', data: { member: 'wanglei', external: 'wmRenji', speaker: 'rep' } })
  })

  it('takes the reply and not what it quotes', () => {
    const heard = hear({ ...send, ...text('这是一条引用/回复消息：\n"王磊：\n200套"\n------\n改成300套') })
    expect(heard).toMatchObject({ data: { text: '改成300套', quoted: '200套' } })
  })

  it('keeps pictures in their place among the words, and takes off what is quoted there too', () => {
    const item = [
      { type: 'text', content: JSON.stringify({ content: '这是一条引用/回复消息：\n"王磊：\n200套"\n------\n按这个图' }) },
      { type: 'image', content: '{"md5sum":"x"}' },
      { type: 'text', content: '{"content":"做300套"}' },
    ]
    expect(hear({ ...send, msgtype: 'mixed', mixed: { item } })).toMatchObject({
      event: 'chat-message',
      data: { text: '按这个图\n[图片]\n做300套', quoted: '200套' },
    })
  })

  it('hears a message taken back', () => {
    const heard = hear({ ...send, msgid: 'm2', action: 'recall', msgtype: 'revoke', revoke: { pre_msgid: 'm1_external' } })
    expect(heard).toMatchObject({ event: 'chat-revoke', data: { revokes: 'm1_external' } })
  })

  it('hears consent', () => {
    const heard = hear({ ...send, msgtype: 'agree', agree: { userid: 'wmRenji', agree_time: 1 } })
    expect(heard).toMatchObject({ event: 'chat-agree', data: { member: 'wanglei', external: 'wmRenji' } })
  })

  it('hears a call, with what it was and how long', () => {
    const heard = hear({ ...send, msgtype: 'voiptext', info: { callduration: 192, invitetype: 2 } })
    const call = { seconds: 192, video: false, many: false }
    expect(heard).toMatchObject({ event: 'chat-message', data: { text: '[语音通话 3分12秒]', call, speaker: 'customer' } })
  })

  it('names the files of a message, those inside of mixed ones and records of chats too', () => {
    const file = { filename: '图纸.dwg', filesize: 2048, md5sum: 'aa', sdkfileid: 'f1', fileext: 'dwg' }
    expect(hear({ ...send, msgtype: 'file', file })).toMatchObject({
      data: { text: '[文件] 图纸.dwg', media: [{ kind: 'file', fileId: 'f1', name: '图纸.dwg', bytes: 2048, md5: 'aa' }] },
    })
    const image = { type: 'image', content: JSON.stringify({ sdkfileid: 'f2', filesize: '99' }) }
    const inner = { type: 'ChatRecordVoice', content: JSON.stringify({ sdkfileid: 'f3', voice_size: 7 }) }
    const item = [image, { type: 'chatrecord', content: JSON.stringify({ title: 't', item: [inner] }) }]
    expect(hear({ ...send, msgtype: 'mixed', mixed: { item } })).toMatchObject({
      data: {
        media: [
          { kind: 'image', fileId: 'f2', bytes: 99 },
          { kind: 'voice', fileId: 'f3', bytes: 7 },
        ],
      },
    })
    expect(hear({ ...send, msgtype: 'image', image: { md5sum: 'x' } })).toMatchObject({ data: { media: [] } })
  })

  it('hears a recorded call: how long, and where its sound and what was shown in it are', () => {
    const body = {
      endtime: at.getTime() / 1000 + 65,
      sdkfileid: 'sound',
      demofiledata: [{ filename: 'a.pdf', sdkfileid: 'pdf' }],
    }
    expect(hear({ ...send, msgtype: 'meeting_voice_call', voiceid: 'v', meeting_voice_call: body })).toMatchObject({
      data: {
        text: '[语音通话 1分5秒]',
        call: { seconds: 65 },
        media: [
          { kind: 'voice', fileId: 'sound' },
          { kind: 'file', fileId: 'pdf', name: 'a.pdf' },
        ],
      },
    })
  })

  it('says of a group who speaks from outside', () => {
    const group = { ...send, roomid: 'wr1', tolist: ['wanglei', 'wolong'] }
    expect(hear({ ...group, ...text('x') })).toMatchObject({ data: { external: true, to: ['wanglei', 'wolong'] } })
    expect(hear({ ...group, from: 'wolong', ...text('x') })).toMatchObject({ data: { external: false } })
    expect(hear({ ...group, from: `wo${'x'.repeat(30)}`, ...text('x') })).toMatchObject({ data: { external: true } })
  })

  it.each([
    ['a sticker', { msgtype: 'emotion', emotion: { type: 1 } }, 'chat-emotion', '[表情]'],
    ['what it does not know', { msgtype: 'brand_new', brand_new: { a: 1 } }, 'chat-brand-new', '[brand_new]'],
    ['words that are none', text('  '), 'chat-text', '[text]'],
    ['a refusal', { msgtype: 'disagree', disagree: { userid: 'wmRenji' } }, 'chat-disagree', '[不同意存档会话内容]'],
    ['a group', { roomid: 'wr1', ...text('x') }, 'group-message', 'x'],
    ['a picture in a group', { roomid: 'wr1', msgtype: 'image' }, 'group-message', '[图片]'],
    ['a sticker in a group', { roomid: 'wr1', msgtype: 'emotion' }, 'group-emotion', '[表情]'],
    ['two colleagues', { from: 'lina', ...text('x') }, 'colleagues-message', 'x'],
    ['a robot', { from: 'wbRobot', tolist: ['wanglei'], ...text('x') }, 'colleagues-message', 'x'],
  ])('tells %s apart', (_, fields, event, said) => {
    expect(hear({ ...send, ...fields })).toMatchObject({ kind: 'happened', event, data: { text: said } })
  })

  it('hears that a member changed company, which has fields of its own', () => {
    const heard = hear({ msgid: '125289002219525886280', action: 'switch', time: at.getTime(), user: 'XuJinSheng' })
    expect(heard).toMatchObject({ event: 'colleagues-switch', data: { from: 'XuJinSheng' }, at })
  })

  it('tells a colleague called wolong from a customer by the length of the id', () => {
    const customer = `wm${'x'.repeat(30)}`
    const heard = hear({ ...send, from: customer, tolist: ['wolong'], ...text('x') })
    expect(heard).toMatchObject({ event: 'chat-message', data: { member: 'wolong', external: customer } })
  })

  it('throws on what is no record', () => {
    expect(() => parseArchiveRecord('{}')).toThrow()
    expect(() => parseArchiveRecord('no JSON')).toThrow()
  })
})
