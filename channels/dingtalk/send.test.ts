import { describe, expect, it } from 'vitest'
import type { Card } from '../../domain/card/card.js'
import { GiveUp } from '../../lib/errors.js'
import type { DingtalkSettings } from './client.js'
import { refuse, useDingtalk } from './fixtures/dingtalk-api.js'
import { createDingtalkChannel } from './send.js'

const serveApi = useDingtalk()

async function serve(answers: Parameters<typeof serveApi>[0], settings: Partial<DingtalkSettings> = {}) {
  const api = await serveApi(answers, { settings })
  return { ...api, channel: createDingtalkChannel(api.dingtalk) }
}

const card: Card = {
  source: '不漏',
  title: '待确认',
  fields: [{ label: '数量', value: '300 套' }],
  buttons: [{ action: 'confirm-can', label: '能做', style: 'primary' }],
  page: '/h5/ask/1',
}
const create = 'card/instances/createAndDeliver'
const batchSend = 'robot/oToMessages/batchSend'
const result = (...deliverResults: object[]) => ({ success: true, result: { outTrackId: 'copy-1', deliverResults } })

describe('sendCard', () => {
  it('makes the card of our template under the copy’s id and delivers it into the chat with the robot', async () => {
    const { channel, asksOf } = await serve({ [create]: [result({ spaceType: 'IM_ROBOT', success: true, carrierId: 'C' })] })
    expect(await channel.sendCard('zhaoqiang', 'copy-1', card)).toEqual({ messageId: null, code: null, notReached: [] })
    expect(asksOf(create)[0]?.body).toEqual({
      cardTemplateId: 'tpl.schema',
      outTrackId: 'copy-1',
      callbackType: 'STREAM',
      cardData: { cardParamMap: expect.objectContaining({ title: '待确认', b1_action: 'confirm-can' }) },
      userIdType: 1,
      openSpaceId: 'dtv1.card//IM_ROBOT.zhaoqiang',
      imRobotOpenSpaceModel: { supportForward: false },
      imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: 'dingrobot' },
    })
  })

  it('names the registered address for clicks over HTTP', async () => {
    const { channel, asksOf } = await serve({ [create]: [result({ success: true })] }, { mode: 'http' })
    await channel.sendCard('zhaoqiang', 'copy-1', card)
    expect(asksOf(create)[0]?.body).toMatchObject({ callbackType: 'HTTP', callbackRouteKey: 'bulou' })
  })

  it('looks at each delivery: a card that was made may have reached nobody', async () => {
    const { channel } = await serve({ [create]: [result({ success: false, errorMsg: 'robot not found' })] })
    const { notReached } = await channel.sendCard('zhaoqiang', 'copy-1', card)
    expect(notReached).toEqual([{ to: 'zhaoqiang', why: expect.stringContaining('没有投放') }])
  })

  it('knows a copy that arrived before', async () => {
    const { channel } = await serve({ [create]: [refuse(400, 'param.cardAlreadyExist')] })
    await expect(channel.sendCard('a', 'copy-1', card)).rejects.toMatchObject({ kind: 'already-sent' })
  })

  it('says it in a message that leads to the page while there is no template', async () => {
    const answers = { [batchSend]: [{ processQueryKey: 'P1' }] }
    const { channel, asksOf } = await serve(answers, { cardTemplateId: null })
    expect(await channel.sendCard('zhaoqiang', 'copy-1', card)).toMatchObject({ messageId: 'P1', notReached: [] })
    const body = asksOf(batchSend)[0]?.body as { msgKey: string; msgParam: string; userIds: string[] }
    expect(body).toMatchObject({ msgKey: 'sampleActionCard', userIds: ['zhaoqiang'], robotCode: 'dingrobot' })
    expect(JSON.parse(body.msgParam)).toEqual({
      title: '待确认',
      text: '#### 待确认\n\n**数量**：300 套',
      singleTitle: '去处理',
      singleURL: expect.stringContaining(encodeURIComponent('https://bulou.example.com/h5/ask/1')),
    })
  })

  it.each(['', 'a;IM_GROUP.cid', 'a b', 'a/b'])('will not speak to «%s»: that is not one member', async (to) => {
    const { channel, asked } = await serve({})
    await expect(channel.sendCard(to, 'copy-1', card)).rejects.toThrow(GiveUp)
    await expect(channel.sendText(to, 'x')).rejects.toThrow(GiveUp)
    expect(asked).toEqual([])
  })
})

describe('updateCard', () => {
  const path = 'card/instances'

  it('changes the card by the copy’s id, without a code', async () => {
    const { channel, asksOf } = await serve({ [path]: [{ success: true, result: true }] })
    await channel.updateCard('zhaoqiang', 'copy-1', null, { ...card, settled: '已确认' })
    expect(asksOf(path)[0]).toMatchObject({
      method: 'PUT',
      body: {
        outTrackId: 'copy-1',
        cardData: { cardParamMap: { settled: '已确认', has_buttons: 'false' } },
        cardUpdateOptions: { updateCardDataByKey: true },
      },
    })
  })

  it('does not take a polite no for a yes', async () => {
    const { channel } = await serve({ [path]: [{ success: false, result: false }] })
    await expect(channel.updateCard('a', 'c', null, card)).rejects.toMatchObject({ kind: 'retry', code: 'not-updated' })
  })

  it('cannot change a message that was sent without a template, and says so as of a spent code', async () => {
    const { channel, asked } = await serve({}, { cardTemplateId: null })
    await expect(channel.updateCard('a', 'c', null, card)).rejects.toMatchObject({ kind: 'code-used' })
    expect(asked).toEqual([])
  })
})

describe('sendText', () => {
  it('says it in the chat with the robot, cut between characters', async () => {
    const { channel, asksOf } = await serve({ [batchSend]: [{ processQueryKey: 'P1', invalidStaffIdList: [] }] })
    expect(await channel.sendText('wanglei', '不漏'.repeat(2000))).toEqual({ messageId: 'P1', code: null, notReached: [] })
    const body = asksOf(batchSend)[0]?.body as { msgParam: string }
    const { content } = JSON.parse(body.msgParam)
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(5_000)
    expect(content).toMatch(/[不漏]…$/)
  })

  it('tells who was not reached and why', async () => {
    const { channel } = await serve({ [batchSend]: [{ invalidStaffIdList: ['a'], flowControlledStaffIdList: ['b'] }] })
    const { notReached, messageId } = await channel.sendText('a', 'x')
    expect(messageId).toBeNull()
    expect(notReached).toEqual([
      { to: 'a', why: expect.stringContaining('不是本组织成员') },
      { to: 'b', why: expect.stringContaining('限流') },
    ])
  })
})

describe('recall', () => {
  const path = 'robot/otoMessages/batchRecall'

  it('takes a message back by its processQueryKey', async () => {
    const { channel, asksOf } = await serve({ [path]: [{ successResult: ['P1'], failedResult: {} }] })
    await channel.recall('P1')
    expect(asksOf(path)[0]?.body).toEqual({ robotCode: 'dingrobot', processQueryKeys: ['P1'] })
  })

  it('says when it was not taken back', async () => {
    const { channel } = await serve({ [path]: [{ successResult: [], failedResult: { P1: 'P1:system error' } }] })
    await expect(channel.recall('P1')).rejects.toMatchObject({ kind: 'give-up', code: 'recall-failed' })
  })
})
