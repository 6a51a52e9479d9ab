import { describe, expect, it } from 'vitest'
import { GiveUp } from '../../lib/errors.js'
import { readVectors } from './fixtures/vectors.js'
import { parseMessage } from './parse.js'

const head = '<ToUserName><![CDATA[ww1]]></ToUserName><CreateTime>1409659813</CreateTime>'
const at = new Date('2014-09-02T12:10:13.000Z')
const hear = (fields: string) => parseMessage(`<xml>${head}${fields}</xml>`, 'ww1')
const event = (fields: string) => hear(`<FromUserName>sys</FromUserName><MsgType>event</MsgType>${fields}`)
const member = (value: string) => ({ platform: 'wecom', organisation: 'ww1', kind: 'member', value })

describe('parseMessage', () => {
  it.each(readVectors('callback_post'))('hears what was said in $id', (vector) => {
    const heard = parseMessage(vector.expected.message, vector.receive_id)
    expect(heard).toMatchObject({ kind: 'said', from: { organisation: vector.receive_id, kind: 'member' } })
  })

  it('hears text with sender, words, id and time', () => {
    expect(
      hear('<FromUserName>WangLei</FromUserName><MsgType>text</MsgType><Content><![CDATA[今日必跟]]></Content><MsgId>7</MsgId>'),
    ).toEqual({
      kind: 'said',
      from: member('WangLei'),
      text: '今日必跟',
      messageId: '7',
      at,
    })
  })

  it('hears a pressed button with the copy, the action and the code of this click', () => {
    const press =
      '<Event>template_card_event</Event><EventKey>confirm-can</EventKey><TaskId>copy1</TaskId><ResponseCode>rc</ResponseCode>'
    expect(hear(`<FromUserName>zhaoqiang</FromUserName><MsgType>event</MsgType>${press}`)).toEqual({
      kind: 'pressed',
      from: member('zhaoqiang'),
      card: 'copy1',
      action: 'confirm-can',
      code: 'rc',
      at,
    })
  })

  it('hears an entry of a card’s menu as a press of it', () => {
    const entry = '<Event>template_card_menu_event</Event><EventKey>follow-up</EventKey><TaskId>copy1</TaskId>'
    expect(hear(`<FromUserName>wanglei</FromUserName><MsgType>event</MsgType>${entry}<ResponseCode>rc</ResponseCode>`)).toEqual({
      kind: 'pressed',
      from: member('wanglei'),
      card: 'copy1',
      action: 'follow-up',
      code: 'rc',
      at,
    })
  })

  it('hears a press without a code', () => {
    const press = '<Event>template_card_event</Event><EventKey>a</EventKey><TaskId>c</TaskId>'
    expect(hear(`<FromUserName>a</FromUserName><MsgType>event</MsgType>${press}`)).toMatchObject({ kind: 'pressed', code: null })
  })

  it.each([
    ['<Event>change_external_contact</Event><ChangeType>add_external_contact</ChangeType>', 'add-external-contact'],
    ['<Event>change_external_contact</Event><ChangeType>del_follow_user</ChangeType>', 'del-follow-user'],
    ['<Event>change_external_chat</Event><ChangeType>update</ChangeType>', 'external-chat-update'],
    ['<Event>change_external_tag</Event><ChangeType>shuffle</ChangeType>', 'external-tag-shuffle'],
    ['<Event>change_contact</Event><ChangeType>create_user</ChangeType>', 'create-user'],
    ['<Event>msgaudit_notify</Event>', 'msgaudit-notify'],
    ['<Event>enter_agent</Event>', 'enter-agent'],
    ['<Event>LOCATION</Event>', 'location'],
    ['<Event>somethingNew_of2027</Event><ChangeType>tried</ChangeType>', 'something-new-of2027-tried'],
  ])('names %s', (fields, name) => {
    expect(event(fields)).toMatchObject({ kind: 'happened', event: name, at })
  })

  it('hands over what an event carries, lists too', () => {
    const heard = event(
      '<Event>change_external_contact</Event><ChangeType>add_external_contact</ChangeType><UserID>wanglei</UserID><ExternalUserID>wmA</ExternalUserID><WelcomeCode>W</WelcomeCode><L><I>1</I><I>2</I></L>',
    )
    expect(heard).toMatchObject({ data: { UserID: 'wanglei', ExternalUserID: 'wmA', WelcomeCode: 'W', L: { I: ['1', '2'] } } })
  })

  it('tells an image from an event of that name', () => {
    const heard = hear('<FromUserName>a</FromUserName><MsgType>image</MsgType><MediaId>m</MediaId><MsgId>1</MsgId>')
    expect(heard).toMatchObject({ kind: 'happened', event: 'image-message', data: { MediaId: 'm' } })
  })

  it.each([
    ['a time', '<xml><MsgType>text</MsgType></xml>'],
    ['a readable time', '<xml><CreateTime>soon</CreateTime><MsgType>text</MsgType></xml>'],
    ['a type', `<xml>${head}</xml>`],
    ['a sender', `<xml>${head}<MsgType>text</MsgType><MsgId>1</MsgId></xml>`],
    ['an event', `<xml>${head}<MsgType>event</MsgType></xml>`],
    ['the card', `<xml>${head}<FromUserName>a</FromUserName><MsgType>event</MsgType><Event>template_card_event</Event></xml>`],
  ])('gives up on a message without %s', (_, message) => {
    expect(() => parseMessage(message, 'ww1')).toThrow(GiveUp)
  })
})
