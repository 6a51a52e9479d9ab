import type { QuoteContent } from '../../domain/quote/quote.contract.js'
import { formatBp } from '../../lib/format/amount.js'
import { splitInstalments } from '../../lib/format/split-instalments.js'
import { yuan } from './amount-words.js'
import { type Html, html, lines } from './html.js'

/** 付款条款, delivery and whatever else was agreed on. Null: nothing was written. */
export function renderTerms({ terms }: QuoteContent): Html | null {
  const rows = [
    ['付款', terms.payment],
    ['交货', terms.delivery],
    ['其他', terms.other],
  ].flatMap(([label = '', words]) => (words ? [html`<div><dt>${label}</dt><dd>${lines(words)}</dd></div>`] : []))
  if (rows.length === 0) return null
  return html`<section class="card" data-section="terms" aria-labelledby="h-terms"><h2 id="h-terms">付款与交货</h2>
<dl class="rows wide">${rows}</dl></section>`
}

/** 分期: what is paid when. */
export function renderInstalments({ instalments, totals }: QuoteContent): Html | null {
  if (instalments.length === 0) return null
  const parts = splitInstalments(instalments, totals.totalFen).map(
    ({ label, shareBp, when, fen }) =>
      html`<li><b>${formatBp(shareBp)}</b><span>${label}<small>${when}</small></span><i>${yuan(fen)}</i></li>`,
  )
  return html`<section class="card" data-section="instalments" aria-labelledby="h-parts"><h2 id="h-parts">分期安排</h2>
<ol class="parts">${parts}</ol></section>`
}

/** 技术说明: what is known to go wrong, said before it does. */
export const renderRisks = ({ risks }: QuoteContent): Html | null =>
  risks.length > 0
    ? html`<section class="card heed" data-section="risks" aria-labelledby="h-risks"><h2 id="h-risks">技术说明，请留意</h2>
<ul>${risks.map(({ words }) => html`<li>${lines(words)}</li>`)}</ul></section>`
    : null

/** Who sells, and how to reach them. */
export function renderSeller({ from }: Pick<QuoteContent, 'from'>, paper: string | null): Html {
  const call = from.phone && html`<a class="button" href="tel:${from.phone.replace(/[^\d+]/g, '')}">打电话</a>`
  return html`<section class="card seller" aria-label="您的销售"><span class="face" aria-hidden="true">${[...from.name][0] ?? ''}</span>
<div><h2>${from.name}</h2><p class="soft">${from.organisation}${from.phone && html`<br>${from.phone}`}</p></div>
<div class="taps">${call}${paper && html`<a class="button" href="${paper}">下载 PDF</a>`}</div></section>`
}
