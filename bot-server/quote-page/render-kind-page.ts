import { frame } from './frame.js'
import { html } from './html.js'
import type { Assets } from './page-view.js'

export type KindState = 'expired' | 'withdrawn' | 'wrong' | 'busy' | 'trouble'

const WORDS: Record<KindState, { title: string; words: string }> = {
  expired: { title: '这份报价过了有效期', words: '价格和货期可能有变化。让销售按现在的情况重新报一份，很快的。' },
  withdrawn: { title: '这份报价已经撤回', words: '销售正在更新内容。需要的话，请他重新发一份给您。' },
  wrong: { title: '没有找到这份报价', words: '链接可能没有复制完整，或者已经停用。请向您的销售再要一次。' },
  trouble: { title: '暂时打不开', words: '我们这边出了点问题，请过一会儿再试。' },
  busy: { title: '打开得有点频繁', words: '请过一分钟再试。' },
}

type Kind = {
  state: KindState
  organisation: string
  seller: { name: string; phone: string | null } | null
  token: string
  assets: Assets | null
}

/** Where there is no quote to be read: nothing of one stands here, only how to get another. */
export function renderKindPage({ state, organisation, seller, token, assets }: Kind): string {
  const { title, words } = WORDS[state]
  const call =
    seller?.phone && html`<a class="button main" href="tel:${seller.phone.replace(/[^\d+]/g, '')}">打电话给${seller.name}</a>`
  const again =
    (state === 'expired' || state === 'withdrawn') &&
    html`<button type="button" class="button${!call && ' main'}" value="again" data-needs-script>请重新报价</button><p class="wrong" role="alert" hidden></p>`
  const body = html`<main class="kind"><p class="firm"><span class="face" aria-hidden="true">${[...organisation][0] ?? ''}</span>${organisation}</p>
<div class="card"><h1>${title}</h1><p class="soft">${words}</p><div class="taps">${call || null}${again}</div></div></main>`
  return frame({ title: `${title} · ${organisation}`, desc: organisation, assets, body, data: { token } })
}
