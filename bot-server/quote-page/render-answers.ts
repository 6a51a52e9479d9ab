import { formatClock, formatDayShort } from '../../lib/format/dates.js'
import { type Html, html, lines } from './html.js'
import type { OwnWords, QuotePageView } from './page-view.js'
import { CONFIRMATION } from './render-dialogs.js'

const SAID: Record<OwnWords['kind'], string> = { adjust: '您想调整', ask: '您问', decline: '您暂不考虑' }
const when = (at: Date, now: Date) => `${formatDayShort(at, now)} ${formatClock(at)}`

/** What was answered from this device, what came back, and what else can be said. */
export function renderAnswers({ own, accepted, now, state, content, token }: QuotePageView): Html {
  const said = own.map(
    ({ kind, words, at, reply }) =>
      html`<li><p class="soft">${SAID[kind]} · ${when(at, now)}</p><p>${lines(words)}</p>${reply && html`<p class="reply"><b>${content.from.name}</b>：${lines(reply)}</p>`}</li>`,
  )
  const more =
    state === 'open' &&
    html`<p class="more" data-needs-script><button type="button" class="link" value="ask">问一问</button>${!accepted && html`<button type="button" class="link" value="decline">暂不考虑</button>`}</p>
<noscript><p class="soft">这里打开了只读模式。要答复，请直接联系上面的销售。</p></noscript>`
  return html`<section class="card" data-section="answer" aria-label="您的答复">${accepted && renderAccepted(accepted, { token, now })}${said.length > 0 && html`<ul class="said">${said}</ul>`}${more}${!accepted && html`<p class="small">${CONFIRMATION}</p>`}</section>`
}

type Accepted = NonNullable<QuotePageView['accepted']>

function renderAccepted({ name, at, mine, ...paper }: Accepted, { token, now }: { token: string; now: Date }): Html {
  const receipt =
    mine &&
    (paper.paperHash
      ? html`<a class="button" href="/q/${token}/receipt">下载回执 PDF</a><p class="small hash">文件 SHA-256 ${paper.paperHash}</p>`
      : html`<p class="soft">回执 PDF 正在生成，稍后刷新就能下载。</p>`)
  const stamp = paper.stamped
    ? html`<p class="good">盖章件收到了，谢谢。</p>`
    : html`<p>这一单还请把报价单<b>盖章后拍照或扫描</b>传回来。</p><label class="button main" data-needs-script>上传盖章件<input type="file" accept="image/*,application/pdf" hidden></label><p class="wrong" role="alert" hidden></p>`
  return html`<div class="accepted"><h2>✓ 已确认</h2><p>${name} · ${when(at, now)}</p><p class="small">${CONFIRMATION}</p>${receipt}${paper.wantsStamp && stamp}</div>`
}

/** What is always under the thumb. */
export const renderBar = ({ accepted, state }: QuotePageView): Html | null =>
  state === 'open'
    ? html`<nav class="bar" data-needs-script aria-label="答复"><button type="button" class="button" value="adjust">我想调整</button>${!accepted && html`<button type="button" class="button main" value="accept">确认报价</button>`}</nav>`
    : null
