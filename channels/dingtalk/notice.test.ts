import { describe, expect, it } from 'vitest'
import type { Card } from '../../domain/card/card.js'
import { GiveUp } from '../../lib/errors.js'
import { useDingtalk } from './fixtures/dingtalk-api.js'
import { noticeOf, sendNotice } from './notice.js'
import { readNotice } from './notice-result.js'

const serve = useDingtalk()

const card: Card = {
  source: '不漏',
  title: '待确认 [A](b)',
  desc: '王磊 刚刚捕获',
  quote: { title: '刘主任', text: '交期改成下周五吧' },
  fields: [{ label: '数量', value: '300 套' }],
  buttons: [{ action: 'confirm-can', label: '能做', style: 'primary' }],
  page: '/h5/ask/1',
}
const publicUrl = 'https://bulou.example.com'

describe('sendNotice', () => {
  it('sends the card as it can be read, with the way to its page', async () => {
    const path = 'topapi/message/corpconversation/asyncsend_v2'
    const { dingtalk, asksOf } = await serve({ [path]: [{ errcode: 0, task_id: 256271667526 }] })
    expect(await sendNotice(dingtalk, 'zhaoqiang', card, '11月22日 09:30')).toEqual({ taskId: '256271667526' })
    expect(asksOf(path)[0]?.body).toEqual({
      agent_id: 7001,
      userid_list: 'zhaoqiang',
      msg: {
        msgtype: 'action_card',
        action_card: {
          title: '待确认 ［A］(b)',
          markdown: '#### 待确认 ［A］(b)\n\n王磊 刚刚捕获\n\n> 刘主任：交期改成下周五吧\n\n**数量**：300 套\n\n11月22日 09:30',
          single_title: '去处理',
          single_url: expect.stringMatching(/^dingtalk:\/\/.*https%3A%2F%2Fbulou\.example\.com%2Fh5%2Fask%2F1&pc_slide=true$/),
        },
      },
    })
  })

  it('will not speak to several', async () => {
    const { dingtalk, asked } = await serve({})
    await expect(sendNotice(dingtalk, 'a,b', card, 'x')).rejects.toThrow(GiveUp)
    expect(asked).toEqual([])
  })

  it('keeps within 2,048 bytes of JSON, and never loses stamp or link', () => {
    for (const sign of ['长', '"', '\\', '👨‍👩‍👧', '\u0007']) {
      const long: Card = { ...card, desc: sign.repeat(3000), quote: { title: '刘', text: sign.repeat(3000) } }
      const msg = noticeOf(long, { publicUrl, stamp: '11月22日 09:30' })
      expect(Buffer.byteLength(JSON.stringify(msg))).toBeLessThanOrEqual(2048)
      expect(msg.action_card.markdown).toMatch(/…\n\n11月22日 09:30$/)
      expect(msg.action_card.single_url).toContain('ask%2F1')
    }
  })

  it('takes the plain address where the other would be too long', () => {
    const page = `/h5/ask/${'1'.repeat(430)}`
    expect(noticeOf({ ...card, page }, { publicUrl, stamp: 'x' }).action_card.single_url).toBe(publicUrl + page)
  })
})

describe('readNotice', () => {
  const path = 'topapi/message/corpconversation/getsendresult'

  it('tells who was not reached and why, who has read it and who has not', async () => {
    const send_result = {
      invalid_user_id_list: ['a'],
      forbidden_user_id_list: ['b', 'c', 'd'],
      failed_user_id_list: ['e'],
      read_user_id_list: ['f'],
      unread_user_id_list: ['g'],
      forbidden_list: [
        { code: '143105', count: 501, userid: 'b' },
        { code: 143106, count: 1, userid: 'c' },
      ],
    }
    const { dingtalk, asksOf } = await serve({ [path]: [{ errcode: 0, send_result }] })
    expect(await readNotice(dingtalk, '256271667526')).toEqual({
      failed: [
        { userid: 'e', why: '工作通知发送失败', code: null },
        { userid: 'a', why: expect.stringContaining('可见范围'), code: null },
        { userid: 'b', why: expect.stringContaining('已达上限'), code: '143105' },
        { userid: 'c', why: expect.stringContaining('已经发过'), code: '143106' },
        { userid: 'd', why: '钉钉没有把工作通知发给这个成员', code: null },
      ],
      read: ['f'],
      unread: ['g'],
    })
    expect(asksOf(path)[0]?.body).toEqual({ agent_id: 7001, task_id: 256271667526 })
  })

  it('says nothing of whom it is still being sent to', async () => {
    const { dingtalk } = await serve({ [path]: [{ errcode: 0 }] })
    expect(await readNotice(dingtalk, '1')).toEqual({ failed: [], read: [], unread: [] })
  })
})
