import type { Card } from '../../domain/card/card.js'
import { cutBytes, cutChars } from '../cut.js'
import type { Links } from './link.js'

/** A variable's value is at most 1 KB. The counts keep a line a line on a phone. */
const limit = {
  bytes: 1024,
  source: 20,
  title: 40,
  desc: 60,
  quoteTitle: 20,
  quote: 160,
  label: 10,
  value: 40,
  button: 10,
  list: 6,
}

/** Every variable of the template, always: what is not said is empty, so that nothing of an older card stays. */
export type CardParams = Record<string, string>

/**
 * The neutral card as the variables of our card template (docs/guides/connect-dingtalk.md), all of them text.
 * https://open.dingtalk.com/document/development/instructions-for-filling-in-api-card-data
 */
export function toCardParams(card: Card, links: Links): CardParams {
  const buttons = card.settled === undefined ? card.buttons.slice(0, limit.list) : []
  const params: CardParams = {
    source: cutChars(card.source, limit.source),
    title: cutChars(card.title, limit.title),
    desc: cutChars(card.desc ?? '', limit.desc),
    quote_title: cutChars(card.quote?.title ?? '', limit.quoteTitle),
    quote: cutChars(card.quote?.text ?? '', limit.quote),
    fields: linesOf(card.fields),
    settled: cutChars(card.settled ?? '', limit.title),
    has_buttons: String(buttons.length > 0),
    url: links.panel(card.page),
  }
  for (let n = 1; n <= limit.list; n++) {
    const button = buttons[n - 1]
    params[`b${n}`] = cutChars(button?.label ?? '', limit.button)
    params[`b${n}_action`] = button && button.page === undefined ? button.action : ''
    params[`b${n}_style`] = button?.style ?? ''
    params[`b${n}_url`] = button?.page === undefined ? '' : links.panel(button.page)
  }
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, cutBytes(value, limit.bytes)]))
}

/**
 * What answers a click: the card as it is now, for everybody who sees it.
 * https://open.dingtalk.com/document/development/event-callback-card
 */
export function cardAnswer(card: Card, links: Links) {
  return { cardData: { cardParamMap: toCardParams(card, links) }, cardUpdateOptions }
}

/** All variables are there each time, so by key is the same as anew, and what the template adds later is left alone. */
export const cardUpdateOptions = { updateCardDataByKey: true, updatePrivateDataByKey: true }

/** The fields as lines of Markdown. */
export function linesOf(fields: Card['fields']): string {
  return fields
    .slice(0, limit.list)
    .map(({ label, value }) => `**${plain(cutChars(label, limit.label))}**：${plain(cutChars(value, limit.value))}`)
    .join('  \n')
}

const lookalikes: Record<string, string> = {
  '*': '＊',
  '`': '｀',
  '[': '［',
  ']': '］',
  '<': '＜',
  '>': '＞',
  '#': '＃',
  '|': '｜',
}

/** What somebody wrote, as text and nothing else: no link, no picture, no second line. */
export function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[*`[\]<>#|]/g, (sign) => lookalikes[sign] ?? sign)
}
