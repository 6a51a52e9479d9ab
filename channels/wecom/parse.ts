import { GiveUp } from '../../lib/errors.js'
import type { Heard, PlatformIdentity } from '../channel.js'
import { parseXml, textOf, type XmlFields } from './xml.js'

/**
 * What a callback means. `message` is the decrypted XML of the inbox row, `corpId` the organisation that it came to.
 * Throws GiveUp when a field is missing without which it means nothing: the row is parked with the reason.
 *
 * Messages: https://developer.work.weixin.qq.com/document/path/90239
 * Events: https://developer.work.weixin.qq.com/document/path/90240
 */
export function parseMessage(message: string, corpId: string): Heard {
  const fields = parseXml(message)
  const at = new Date(Number(need(fields, 'CreateTime')) * 1000)
  if (Number.isNaN(at.getTime())) throw new GiveUp('WeCom message: CreateTime is no time')

  const type = need(fields, 'MsgType')
  if (type === 'text') {
    const from = memberOf(fields, corpId)
    return { kind: 'said', from, text: textOf(fields, 'Content'), messageId: need(fields, 'MsgId'), at }
  }
  if (type !== 'event') return { kind: 'happened', event: `${kebab(type)}-message`, data: fields, at }
  if (presses.has(textOf(fields, 'Event'))) {
    const press = { card: need(fields, 'TaskId'), action: need(fields, 'EventKey'), code: textOf(fields, 'ResponseCode') || null }
    return { kind: 'pressed', from: memberOf(fields, corpId), ...press, at }
  }
  return { kind: 'happened', event: eventName(fields), data: fields, at }
}

/** A card's button, and an entry of the menu in its corner: both name the copy, the action and a fresh code. */
const presses = new Set(['template_card_event', 'template_card_menu_event'])

/**
 * The name of a file in bot-server/events. Where an event only says that something of a sort changed, its ChangeType is
 * the event; `create` or `update` alone would say too little.
 * External contacts: https://developer.work.weixin.qq.com/document/path/92130
 */
function eventName(fields: XmlFields): string {
  const event = kebab(need(fields, 'Event'))
  const change = kebab(textOf(fields, 'ChangeType'))
  if (!change) return event
  if (event === 'change-external-contact' || event === 'change-contact') return change
  return `${event.replace(/^change-/, '')}-${change}`
}

function memberOf(fields: XmlFields, corpId: string): PlatformIdentity {
  return { platform: 'wecom', organisation: corpId, kind: 'member', value: need(fields, 'FromUserName') }
}

function kebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase()
}

function need(fields: XmlFields, name: string): string {
  const value = textOf(fields, name)
  if (value === '') throw new GiveUp(`WeCom message without ${name}`)
  return value
}
