import { describe, expect, it } from 'vitest'
import { readRecord } from './record.js'

/** 2026-11-27 15:00 in Shanghai. */
const seconds = 1_795_762_800
const send = { msgid: 'm1', action: 'send', from: 'wmRenji', tolist: ['wanglei'], roomid: '', msgtime: seconds * 1000 }
const read = (msgtype: string, fields: object) => readRecord(JSON.stringify({ ...send, msgtype, ...fields }))
const json = JSON.stringify

describe('each type of record reads as', () => {
  it.each([
    ['text', { text: { content: '交期改成下周五吧' } }, '交期改成下周五吧'],
    ['markdown', { info: { content: '**交期** 下周五' } }, '**交期** 下周五'],
    ['image', { image: { md5sum: 'x', filesize: 12, sdkfileid: 'f' } }, '[图片]'],
    ['voice', { voice: { play_length: 8, voice_size: 12, sdkfileid: 'f' } }, '[语音 8秒]'],
    ['video', { video: { play_length: 65, filesize: 12, sdkfileid: 'f' } }, '[视频 1分5秒]'],
    ['file', { file: { filename: '图纸 V2.dwg', fileext: 'dwg', filesize: 12 } }, '[文件] 图纸 V2.dwg'],
    ['qydiskfile', { info: { filename: '报价.xlsx' } }, '[微盘文件] 报价.xlsx'],
    ['card', { card: { corpname: '仁济医院', userid: 'wmOther' } }, '[名片] 仁济医院'],
    [
      'location',
      { location: { title: '3号楼', address: '浦东大道 1 号', longitude: 1, latitude: 2 } },
      '[位置] 3号楼 浦东大道 1 号',
    ],
    ['link', { link: { title: '钛钉说明', description: '规格', link_url: 'https://x' } }, '[链接] 钛钉说明 规格'],
    ['weapp', { weapp: { title: '看看这个', displayname: '仁济采购', username: 'gh_x' } }, '[小程序] 仁济采购 看看这个'],
    ['docmsg', { doc: { title: '需求清单', link_url: 'https://x', doc_creator: 'a' } }, '[在线文档] 需求清单'],
    ['news', { info: { item: [{ title: '新品' }, { title: '展会' }] } }, '[图文] 新品 展会'],
    ['sphfeed', { sphfeed: { feed_type: 4, sph_name: '骨科在线', feed_desc: '手术' } }, '[视频号] 骨科在线 手术'],
    ['redpacket', { redpacket: { type: 1, wish: '恭喜发财', totalamount: 100 } }, '[红包] 恭喜发财'],
    ['external_redpacket', { redpacket: { type: 1, wish: '顺利' } }, '[红包] 顺利'],
    ['todo', { todo: { title: '来自王磊', content: '周五前发图纸' } }, '[待办] 来自王磊 周五前发图纸'],
    ['vote', { votetitle: '哪天来', voteitem: ['周四', '周五'], votetype: 101 }, '[投票] 哪天来 周四、周五'],
    ['vote', { votetitle: '哪天来', voteitem: ['周五'], votetype: '102' }, '[参与投票] 哪天来 周五'],
    [
      'collect',
      { collect: { room_name: '仁济项目', details: [{ id: 1, ques: '数量' }, { ques: '交期' }] } },
      '[填表] 仁济项目 数量、交期',
    ],
    ['solitaire', { info: { title: '报名' } }, '[接龙] 报名'],
    [
      'meeting',
      { meeting: { topic: '方案评审', starttime: seconds, address: '2 楼', remarks: '带样品', meetingtype: 101 } },
      '[会议邀请] 方案评审 2026-11-27 15:00 2 楼 带样品',
    ],
    ['meeting', { meeting: { topic: '方案评审', meetingtype: 102, status: 2 } }, '[会议邀请] 方案评审 不参加'],
    ['meeting_notification', { info: { content: '会议已结束' } }, '[会议通知] 会议已结束'],
    ['calendar', { calendar: { title: '发货', starttime: seconds, place: '仓库' } }, '[日程] 发货 2026-11-27 15:00 仓库'],
    ['voip_doc_share', { voipid: 'v', voip_doc_share: { filename: '方案.pdf' } }, '[通话中共享的文档] 方案.pdf'],
    ['voiptext', { info: { callduration: 192, invitetype: 2 } }, '[语音通话 3分12秒]'],
    ['voiptext', { info: { callduration: 60, invitetype: 1 } }, '[视频通话 1分]'],
    ['voiptext', { info: { callduration: 0, invitetype: 4 } }, '[多人语音通话 未接通]'],
    ['voiptext', { info: { callduration: 5, invitetype: 3 } }, '[多人视频通话 5秒]'],
    ['meeting_voice_call', { voiceid: 'v', meeting_voice_call: { endtime: seconds + 54, sdkfileid: 'f' } }, '[语音通话 54秒]'],
  ])('%s', (msgtype, fields, text) => {
    expect(read(msgtype, fields)).toMatchObject({ msgtype, text, said: true, revokes: null })
  })

  it.each([
    ['emotion', { emotion: { type: 1, sdkfileid: 'f' } }, '[表情]'],
    ['revoke', { action: 'recall', revoke: { pre_msgid: 'm0' } }, '[撤回了一条消息]'],
    ['agree', { agree: { userid: 'wmRenji', agree_time: 1 } }, '[同意存档会话内容]'],
    ['disagree', { disagree: { userid: 'wmRenji', disagree_time: 1 } }, '[不同意存档会话内容]'],
    ['', { action: 'switch', time: 1, user: 'XuJinSheng' }, '[切换了企业]'],
    ['brand_new', { brand_new: {} }, '[brand_new]'],
  ])('%s, which nobody said', (msgtype, fields, text) => {
    expect(read(msgtype, fields)).toMatchObject({ text, said: false })
  })

  it('no type fails when its body is not what the platform documents', () => {
    for (const msgtype of ['text', 'file', 'news', 'vote', 'collect', 'meeting', 'mixed', 'chatrecord', 'voiptext', 'note'])
      for (const body of [null, 7, 'x', [], { item: 7, items: [null], details: {}, voteitem: 'x', starttime: 'soon' }])
        expect(read(msgtype, { [msgtype]: body, info: body }).text).not.toBe('')
  })
})

describe('a record of a chat is opened', () => {
  const item = (type: string, content: object) => ({ type, content: json(content), msgtime: seconds, from_chatroom: false })

  it('line by line, whatever they are', () => {
    const items = [
      item('ChatRecordText', { content: '数量改成300套' }),
      item('ChatRecordImage', { md5sum: 'x' }),
      item('ChatRecordFile', { filename: '图纸.dwg' }),
      item('ChatRecordMixed', {
        item: [
          { type: 'text', content: json({ content: '按这个' }) },
          { type: 'image', content: '{}' },
        ],
      }),
      item('ChatRecord', { title: '更早的', item: [item('ChatRecordText', { content: '先做200套' })] }),
      item('ChatRecordStrange', {}),
      { type: 'ChatRecordText', content: 'no JSON' },
    ]
    expect(read('chatrecord', { chatrecord: { title: '刘主任的聊天记录', item: items } }).text).toBe(
      [
        ...['[聊天记录] 刘主任的聊天记录', '数量改成300套', '[图片]', '[文件] 图纸.dwg', '按这个', '[图片]'],
        ...['[聊天记录] 更早的', '先做200套', '[strange]'],
      ].join('\n'),
    )
  })

  it('a note likewise', () => {
    const items = [item('text', { content: '要点' }), item('image', {})]
    expect(read('note', { info: { items } }).text).toBe('[笔记]\n要点\n[图片]')
  })

  it('but not without end', () => {
    let deep = item('ChatRecordText', { content: '最里面' })
    for (let i = 0; i < 20; i++) deep = item('ChatRecord', { title: `第${i}层`, item: [deep] })
    const text = read('chatrecord', { chatrecord: { title: '套娃', item: [deep] } }).text
    expect(text).toContain('…')
    expect(text).not.toContain('最里面')
    const many = Array.from({ length: 150 }, (_, i) => item('ChatRecordText', { content: `第${i}句` }))
    expect(read('chatrecord', { chatrecord: { title: '长', item: many } }).text).toMatch(/第99句\n…（还有 50 条）$/)
    const long = [item('ChatRecordText', { content: '一'.repeat(9_000) })]
    expect(read('chatrecord', { chatrecord: { title: '长', item: long } }).text.length).toBeLessThan(4_100)
    // Words of one's own are kept whole: they may become evidence.
    expect(read('text', { text: { content: '一'.repeat(9_000) } }).text).toHaveLength(9_000)
  })
})
