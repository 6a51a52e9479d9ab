import type { DraftLine, QuoteContent } from '../../domain/quote/quote.contract.js'
import { formatBp, formatDecimal } from '../../lib/format/amount.js'
import { yuan } from './amount-words.js'
import { type Html, html } from './html.js'
import type { QuotePageView } from './page-view.js'

/** 产品明细: each with its picture, what it costs, and its technical data behind one tap. */
export function renderLines({ content, pictures, token }: QuotePageView): Html {
  const items = content.lines.map((line) => {
    const amount = content.totals.lines[line.id]
    return html`<li class="line">${pictureOf(line, { pictures, token })}<div class="what"><h3>${line.name}${line.gift && html` <em class="gift">赠品</em>`}</h3>${line.spec && html`<p class="soft">${line.spec}</p>`}<p class="sum"><span>${formatDecimal(line.qty)} ${line.unit}${!line.gift && html` × ${formatDecimal(line.price, 2)} 元`}</span><b>${line.gift ? '0.00' : yuan(amount ?? 0)}</b></p>${line.note && html`<p class="soft">${line.note}</p>`}${paramsOf(line)}</div></li>`
  })
  return html`<section class="card" data-section="lines" aria-labelledby="h-lines"><h2 id="h-lines">产品明细 <small>${content.lines.length} 项</small></h2><ol class="lines">${items}</ol></section>`
}

function pictureOf(line: DraftLine, { pictures, token }: Pick<QuotePageView, 'pictures' | 'token'>): Html {
  const picture = line.pictureId ? pictures.get(line.pictureId) : undefined
  if (!picture) return html`<span class="pic none" aria-hidden="true">${[...line.name][0] ?? ''}</span>`
  const src = `/q/${token}/picture/${picture.place}`
  return html`<a class="pic" href="${src}/whole" aria-label="看大图：${line.name}"><img src="${src}/small" srcset="${src}/small 160w, ${src}/whole ${Math.max(picture.width, 161)}w" sizes="72px" width="72" height="72" alt="" loading="lazy" decoding="async"></a>`
}

const paramsOf = ({ params }: DraftLine): Html | null =>
  params.length > 0
    ? html`<details><summary>技术参数</summary><dl class="params">${params.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></details>`
    : null

/** 合计, with what it is made of. */
export function renderTotals({ totals, tax, freight, discountFen, rebates }: QuoteContent): Html {
  const row = (label: string, value: string) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`
  const carriage = { included: '已含', fixed: yuan(totals.freightFen), collect: '到付，由您付给承运方' }[freight.how]
  const rate = formatBp(tax.rateBp)
  return html`<section class="card" data-section="totals" aria-labelledby="h-total"><h2 id="h-total">合计</h2><dl class="rows">${row('货款', yuan(totals.subtotalFen))}${totals.giftFen > 0 ? row('赠品价值', `${yuan(totals.giftFen)}（不收费）`) : null}${discountFen > 0 ? row('整单优惠', `−${yuan(discountFen)}`) : null}${row('运费', carriage)}${tax.included ? row('税', `价格已含 ${rate} 税`) : row(`税 ${rate}`, totals.taxFen > 0 ? yuan(totals.taxFen) : '不含税')}<div class="grand"><dt>合计</dt><dd>${yuan(totals.totalFen)} 元</dd></div></dl>${rebates.length > 0 && html`<p class="soft">返点：${rebates.map(({ fromFen, rateBp }) => `满 ${yuan(fromFen)} 元返 ${formatBp(rateBp)}`).join('，')}${totals.rebateFen > 0 ? `；这一单可返 ${yuan(totals.rebateFen)} 元` : ''}</p>`}</section>`
}
