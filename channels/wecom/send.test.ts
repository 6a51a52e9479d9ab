import { afterEach, describe, expect, it } from 'vitest'
import type { Card } from '../../domain/card/card.js'
import { GiveUp } from '../../lib/errors.js'
import { clientOf, goodToken, serveQyapi } from './fixtures/qyapi.js'
import { createWecomChannel } from './send.js'

let close: () => Promise<void> = async () => {}
afterEach(() => close())

async function serve(answers: Parameters<typeof serveQyapi>[0]) {
  const api = await serveQyapi({ gettoken: [goodToken()], ...answers })
  close = api.close
  return { ...api, channel: createWecomChannel(clientOf(api.base).wecom) }
}

const card: Card = {
  source: '不漏',
  title: '待确认',
  fields: [],
  buttons: [{ action: 'confirm-can', label: '能做', style: 'primary' }],
  page: '/h5/ask/1',
}

describe('sendCard', () => {
  it('sends the copy under its own id, with the duplicate check, and keeps the code', async () => {
    const { channel, asksOf } = await serve({ 'message/send': [{ msgid: 'M', response_code: 'RC', invaliduser: '' }] })
    expect(await channel.sendCard('zhaoqiang', 'copy-1', card)).toEqual({ messageId: 'M', code: 'RC', notReached: [] })
    expect(asksOf('message/send')[0]?.body).toMatchObject({
      touser: 'zhaoqiang',
      msgtype: 'template_card',
      agentid: 1000002,
      enable_duplicate_check: 1,
      duplicate_check_interval: 14400,
      template_card: {
        task_id: 'copy-1',
        card_type: 'button_interaction',
        card_action: { url: 'https://bulou.example.com/h5/ask/1' },
      },
    })
  })

  it('tells who was not reached and why', async () => {
    const { channel } = await serve({ 'message/send': [{ msgid: 'M', invaliduser: 'a|b', unlicenseduser: 'c' }] })
    expect((await channel.sendCard('a', 'copy-1', card)).notReached).toEqual([
      { to: 'a', why: '不在应用可见范围' },
      { to: 'b', why: '不在应用可见范围' },
      { to: 'c', why: '没有企业微信基础接口许可' },
    ])
  })

  it.each(['', '@all', '@ALL', 'a|b'])('will not speak to «%s»: that is not one member', async (to) => {
    const { channel, asked } = await serve({ 'message/send': [{}] })
    await expect(channel.sendCard(to, 'copy-1', card)).rejects.toThrow(GiveUp)
    await expect(channel.sendText(to, 'x')).rejects.toThrow(GiveUp)
    expect(asked).toEqual([])
  })
})

describe('updateCard', () => {
  const path = 'message/update_template_card'

  it('spends the code on the new card for this one recipient', async () => {
    const { channel, asksOf } = await serve({ [path]: [{ invaliduser: [] }] })
    await channel.updateCard('zhaoqiang', 'copy-1', 'RC', { ...card, settled: '已确认' })
    expect(asksOf(path)[0]?.body).toMatchObject({
      userids: ['zhaoqiang'],
      agentid: 1000002,
      response_code: 'RC',
      template_card: { card_type: 'button_interaction', replace_text: '已确认' },
    })
  })

  it('says that the code is spent in a way that can be told from other refusals', async () => {
    const { channel } = await serve({ [path]: [{ errcode: 42022 }] })
    await expect(channel.updateCard('a', 'c', 'RC', card)).rejects.toMatchObject({ kind: 'code-used' })
  })

  it('does not pass over a recipient that the platform left out', async () => {
    const { channel } = await serve({ [path]: [{ invaliduser: ['zhaoqiang'] }] })
    await expect(channel.updateCard('ZhaoQiang', 'c', 'RC', card)).rejects.toMatchObject({ kind: 'give-up', code: 'invaliduser' })
  })
})

describe('sendText', () => {
  it('cuts between characters before the platform cuts inside one, and asks for no duplicate check', async () => {
    const { channel, asksOf } = await serve({ 'message/send': [{ msgid: 'M' }] })
    expect(await channel.sendText('wanglei', '不漏'.repeat(500))).toEqual({ messageId: 'M', code: null, notReached: [] })
    const body = asksOf('message/send')[0]?.body as { text: { content: string }; enable_duplicate_check?: number }
    expect(Buffer.byteLength(body.text.content)).toBeLessThanOrEqual(2048)
    expect(body.text.content).toMatch(/[不漏]…$/)
    expect(body.enable_duplicate_check).toBeUndefined()
  })

  it('a name or words that are a link stay words, whichever way they come', async () => {
    const { channel, asksOf } = await serve({ 'message/send': [{ msgid: 'M' }] })
    await channel.sendText('wanglei', '客户：<a href="https://evil.example">领奖</a>\nhttps://bulou.example.com/h5/ask/1')
    expect(asksOf('message/send')[0]?.body).toMatchObject({
      text: { content: '客户：＜a href="https://evil.example">领奖＜/a>\nhttps://bulou.example.com/h5/ask/1' },
    })
  })
})
