/** WeChat's own script: only it may change what a shared page looks like. https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/JS-SDK.html */
const SDK = 'https://res.wx.qq.com/open/js/jweixin-1.6.0.js'

type Card = { title: string; desc: string; link: string; imgUrl: string }
type Wx = {
  config(options: object): void
  ready(act: () => void): void
  updateAppMessageShareData(card: Card): void
  updateTimelineShareData(card: Omit<Card, 'desc'>): void
}

/** Gives the page a title and a picture for whoever it is shared on to. What fails here is no loss: then it is a plain link. */
export async function setUpShare(token: string): Promise<void> {
  if (!/MicroMessenger/i.test(navigator.userAgent)) return
  const [url = ''] = location.href.split('#', 1)
  const response = await fetch(`/q/${token}/share?url=${encodeURIComponent(url)}`).catch(() => null)
  if (!response?.ok) return
  const { sign, card } = (await response.json()) as { sign: object; card: Card }
  const wx = await loadSdk()
  wx?.config({ debug: false, ...sign, jsApiList: ['updateAppMessageShareData', 'updateTimelineShareData'] })
  wx?.ready(() => {
    wx.updateAppMessageShareData(card)
    wx.updateTimelineShareData({ title: card.title, link: card.link, imgUrl: card.imgUrl })
  })
}

const loadSdk = () =>
  new Promise<Wx | null>((resolve) => {
    const script = Object.assign(document.createElement('script'), { src: SDK, async: true })
    script.onload = () => resolve((window as { wx?: Wx }).wx ?? null)
    script.onerror = () => resolve(null)
    document.head.append(script)
  })
