import type { QuoteContent } from '../../domain/quote/quote.contract.js'
import { declineReasons } from '../../domain/quote-answer/quote-answer.contract.js'
import { yuan } from './amount-words.js'
import { type Html, html } from './html.js'

/** What a confirmation is, in the same words wherever it is asked for or shown. */
export const CONFIRMATION =
  '确认表示您认可这份报价的内容和价格，我们据此备货、安排后续。确认时间、姓名和设备会记下来，双方各有一份回执；正式签约另行办理。'

const close = html`<button type="button" class="close" value="close" aria-label="关闭">✕</button>`
const foot = (label: string) => html`<p class="wrong" role="alert" hidden></p><button class="button main">${label}</button>`
const sheet = (kind: string, title: string, body: Html) =>
  html`<dialog id="${kind}" aria-labelledby="t-${kind}"><form method="dialog" data-kind="${kind}"><header><h2 id="t-${kind}">${title}</h2>${close}</header>${body}</form></dialog>`

/** The sheets in which a customer answers; the page's script opens and sends them. */
export const renderDialogs = ({ totals, number, version, to }: QuoteContent): Html[] => [
  sheet(
    'accept',
    '确认报价',
    html`<p class="soft">报价 ${number} · v${version}，合计 <b>${yuan(totals.totalFen)} 元</b></p>
<label>您的姓名<input name="name" autocomplete="name" maxlength="30" required value="${to.name ?? ''}"></label>
<label>手机号<input name="phone" type="tel" inputmode="tel" autocomplete="tel" maxlength="30"></label>
<p class="or"><span>手机号和手写签名，留一样就行</span></p>
<button type="button" class="button" value="sign">手写签名</button>
<div class="pad" hidden><canvas aria-label="在这里签名"></canvas><button type="button" class="link" value="clear">重签</button></div>
<p class="small">${CONFIRMATION}</p>${foot('确认报价')}`,
  ),
  sheet(
    'adjust',
    '我想调整',
    html`<p class="soft">按您平时说话的样子写就行，销售马上收到。</p>
<label>想怎么调<textarea name="words" rows="4" maxlength="1000" required placeholder="比如：数量加到 300 套，交期能不能提前到下周五"></textarea></label>${foot('发给销售')}`,
  ),
  sheet(
    'ask',
    '问一问',
    html`<label>想问什么<textarea name="words" rows="3" maxlength="500" required placeholder="比如：运费谁出？能开专票吗？"></textarea></label>${foot('发给销售')}`,
  ),
  sheet(
    'decline',
    '暂不考虑',
    html`<fieldset><legend>方便说说原因吗</legend><div class="chips">${declineReasons.map((reason, i) => html`<label><input type="radio" name="reason" value="${reason}"${i === 0 && html` required`}><span>${reason}</span></label>`)}</div></fieldset>
<label>补充一句（可不填）<textarea name="words" rows="2" maxlength="500"></textarea></label>${foot('告诉销售')}`,
  ),
]
