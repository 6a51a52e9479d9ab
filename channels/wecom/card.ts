import type { Card, CardButton } from '../../domain/card/card.js'
import { cutBytes, cutChars } from '../cut.js'

/**
 * The neutral card in WeCom's words. Sending: https://developer.work.weixin.qq.com/document/path/90236, changing:
 * https://developer.work.weixin.qq.com/document/path/94888. The lengths are the pages' 建议不超过: beyond them clients cut
 * in the middle of a line; the list lengths are law.
 */
const limit = { source: 20, title: 36, desc: 44, quote: 160, label: 5, value: 30, button: 10, list: 6, keyBytes: 1024 }

/** Of the four that there are; the page shows them as a picture only. */
const styles = { primary: 1, plain: 2, danger: 3 } as const

export type TemplateCard = {
  card_type: 'button_interaction' | 'text_notice'
  source: { desc: string; desc_color: 0 }
  main_title: { title: string; desc?: string }
  quote_area?: { type: 0; title: string; quote_text: string }
  horizontal_content_list?: { keyname: string; value: string }[]
  card_action: { type: 1; url: string }
  button_list?: TemplateButton[]
  replace_text?: string
  task_id?: string
}
type TemplateButton =
  | { type: 0; text: string; style: number; key: string }
  | { type: 1; text: string; style: number; url: string }

/** `pageUrl` makes a full address of a path of ours. Throws on a notice that leads nowhere: a mistake of the card's kind. */
export function toTemplateCard(card: Card, pageUrl: (path: string) => string): TemplateCard {
  const fields = card.fields.slice(0, limit.list)
  const common = {
    source: { desc: cutChars(card.source, limit.source), desc_color: 0 },
    main_title: { title: cutChars(card.title, limit.title), ...(card.desc ? { desc: cutChars(card.desc, limit.desc) } : {}) },
    ...(card.quote ? { quote_area: quoteOf(card.quote) } : {}),
    ...(fields.length > 0 ? { horizontal_content_list: fields.map(toField) } : {}),
    card_action: { type: 1, url: pageUrl(card.page) },
  } as const

  if (card.settled === undefined && card.buttons.length === 0) return { card_type: 'text_notice', ...common }
  if (card.settled === undefined)
    return { card_type: 'button_interaction', ...common, button_list: buttonsOf(card.buttons, pageUrl) }
  // Shown grey in place of the buttons, which the platform wants named all the same.
  const settled = cutChars(card.settled, limit.button)
  const button_list = [{ type: 0, text: settled, style: styles.plain, key: 'settled' }] as const
  return { card_type: 'button_interaction', ...common, button_list: [...button_list], replace_text: settled }
}

function quoteOf(quote: { title: string; text: string }) {
  return { type: 0, title: quote.title, quote_text: cutChars(quote.text, limit.quote) } as const
}

function toField(field: { label: string; value: string }) {
  return { keyname: cutChars(field.label, limit.label), value: cutChars(field.value, limit.value) }
}

function buttonsOf(buttons: CardButton[], pageUrl: (path: string) => string): TemplateButton[] {
  return buttons.slice(0, limit.list).map((button) => {
    const look = { text: cutChars(button.label, limit.button), style: styles[button.style] }
    if (button.page !== undefined) return { type: 1, ...look, url: pageUrl(button.page) }
    return { type: 0, ...look, key: cutBytes(button.action, limit.keyBytes) }
  })
}
