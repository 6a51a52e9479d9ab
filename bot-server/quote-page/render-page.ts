import { formatDay } from '../../lib/format/dates.js'
import { formatTimeLeft, isSoonOver } from '../../lib/format/time-left.js'
import { yuan } from './amount-words.js'
import { frame } from './frame.js'
import { type Html, html } from './html.js'
import type { QuotePageView } from './page-view.js'
import { renderAnswers, renderBar } from './render-answers.js'
import { renderDialogs } from './render-dialogs.js'
import { renderLines, renderTotals } from './render-lines.js'
import { renderInstalments, renderRisks, renderSeller, renderTerms } from './render-terms.js'
import { descOf, titleOf } from './title-of.js'
import { watermark } from './watermark.js'

/** A quote as its customer reads it, whole without a script. */
export function renderPage(view: QuotePageView): string {
  const { content, token, assets, canShare } = view
  const body = html`${watermark(view.viewer)}<main>${newerOf(view)}${topOf(view)}${renderLines(view)}${renderTotals(content)}${renderInstalments(content)}${renderTerms(content)}${renderRisks(content)}${renderSeller(content, view.hasPdf ? `/q/${token}/pdf` : null)}${renderAnswers(view)}
<footer><p>浏览情况会同步给您的销售</p></footer></main>${renderBar(view)}${view.state === 'open' ? renderDialogs(content) : null}`
  return frame({
    ...{ title: titleOf(content), desc: descOf(content), assets, body },
    data: { token, until: content.validUntil, now: view.now.toISOString(), ...(canShare ? { share: '1' } : {}) },
  })
}

function newerOf({ newer, state }: QuotePageView): Html | null {
  if (!newer) return null
  const words = state === 'replaced' ? '这是之前的一版' : '请留意'
  return html`<p class="newer" role="status">${words}：已有新的 v${newer.version}，请看销售新发给您的链接。</p>`
}

function topOf({ content, now, accepted, state }: QuotePageView): Html {
  const { from, to, totals } = content
  const left = Date.parse(content.validUntil) - now.getTime()
  const holds = `有效期至 ${formatDay(content.validUntil, now)}`
  return html`<header class="top" data-section="head"><p class="firm"><span class="face" aria-hidden="true">${[...from.organisation][0] ?? ''}</span>${from.organisation}</p>
<h1>${content.title || '报价单'}</h1><p class="to">${to.company}${to.name && html` · ${to.name}`}</p>
<p class="figure"><span>合计</span><b>${yuan(totals.totalFen)}</b><span>元</span></p>
<p class="facts"><span>报价 ${content.number} · v${content.version}</span><span>${formatDay(content.sentAt, now)}</span></p>
${accepted ? html`<p class="chip good">✓ 已确认</p>` : state === 'open' && html`<p class="chip${isSoonOver(left) && ' soon'}"><span>${holds}</span><time datetime="${content.validUntil}">${formatTimeLeft(left)}</time></p>`}</header>`
}
