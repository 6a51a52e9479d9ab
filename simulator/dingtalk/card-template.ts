import type { Params } from '../state/dingtalk/cards.js'

/** A button as the client shows it: one that calls back, or one that opens a page. */
export type Button = { id: string; label: string; style: string; action: string | null; url: string | null }

/** What a card of our one template shows: variables that it doesn't have are nobody's business. */
export function showCard(params: Params) {
  const text = (name: string) => params[name] ?? ''
  const buttons = [1, 2, 3, 4, 5, 6].flatMap((n): Button[] => {
    const [label, action, url] = [text(`b${n}`), text(`b${n}_action`), text(`b${n}_url`)]
    if (!label || (!action && !url)) return []
    return [{ id: `b${n}`, label, style: text(`b${n}_style`), action: url ? null : action, url: url || null }]
  })
  return {
    source: text('source'),
    title: text('title'),
    desc: text('desc'),
    quoteTitle: text('quote_title'),
    quote: text('quote'),
    fields: text('fields'),
    settled: text('settled'),
    url: text('url'),
    buttons: text('has_buttons') === 'true' ? buttons : [],
  }
}
