import type { Card } from './card.js'

/** The same card for who can't be shown one: plain lines and a link. `publicUrl` is where our pages are. */
export function textOfCard(card: Card, publicUrl: string): { title: string; lines: string[]; link: string } {
  return {
    title: card.title,
    lines: [
      ...(card.desc ? [card.desc] : []),
      ...(card.quote ? [`${card.quote.title}：${card.quote.text}`] : []),
      ...card.fields.map(({ label, value }) => `${label}：${value}`),
    ],
    link: `${publicUrl}${card.page}`,
  }
}
