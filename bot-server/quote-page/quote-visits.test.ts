import { describe, expect, it } from 'vitest'
import { newId } from '../../lib/ids.js'
import { accepting, deviceOf, IPHONE, seeing, useQuotePage } from '../../test/factories/quote-page.js'

const { scene, send, open, sees, says, visits } = useQuotePage()

describe('a visit', () => {
  it('is what a page saw before somebody’s eyes: how long, where it stopped, and again', async () => {
    const sent = await send()
    const page = await open(sent.token)
    expect(await visits(sent)).toEqual([])
    const cookie = deviceOf(page)
    expect((await sees(sent.token, { cookie })).json).toEqual({ state: 'open', newest: 1 })
    await sees(sent.token, { cookie }, { opening: false, sections: { terms: 6 }, stoppedAt: 'lines' })
    await sees(sent.token, { cookie }, { opening: true, sections: { head: 1 }, stoppedAt: 'head' })
    expect(await visits(sent)).toMatchObject([
      { number: 1, opens: 2, device: 'iPhone · 微信', sections: { head: 4, terms: 10 }, stoppedAt: 'head' },
    ])
    expect((await scene.db.quoteVersion.findUniqueOrThrow({ where: { id: sent.versionId } })).openedAt).not.toBeNull()
  })

  it('of another device is another one; reported twice at once it is one', async () => {
    const sent = await send()
    const [first, second] = [deviceOf(await open(sent.token)), deviceOf(await open(sent.token))]
    await Promise.all([first, first, second, second].map((cookie) => sees(sent.token, { cookie })))
    const found = await visits(sent)
    expect(found.map(({ number }) => number)).toEqual([1, 2])
    const cards = await scene.db.card.count({
      where: { kind: 'quote-opened', subject: { in: found.map(({ id }) => `quote-visit:${id}`) } },
    })
    expect(cards).toBe(1)
  })

  it.each([
    ['a robot', { 'user-agent': 'Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)' }],
    ['a machine that is driven', { 'user-agent': `${IPHONE.replace('Mobile', 'HeadlessChrome/120')}` }],
    ['nobody who says what they are', { 'user-agent': '' }],
    ['a page that was fetched ahead', { 'sec-purpose': 'prefetch;prerender' }],
    ['a chat app that draws its card', { 'x-purpose': 'preview' }],
  ])('is never %s', async (_what, headers) => {
    const sent = await send()
    const cookie = deviceOf(await open(sent.token))
    expect((await sees(sent.token, { cookie, ...headers })).status).toBe(200)
    expect(await visits(sent)).toEqual([])
  })

  it('of a device too many is none: whoever has the link may invent them', async () => {
    const sent = await send()
    const devices = Array.from({ length: 500 }, (_, n) => ({
      ...{ id: newId(), linkId: sent.linkId, viewer: `device ${n}`, number: n + 1, device: 'iPhone · 微信' },
      ...{ openedAt: scene.now, lastAt: scene.now },
    }))
    await scene.db.quoteVisit.createMany({ data: devices })
    const cookie = deviceOf(await open(sent.token))
    expect((await sees(sent.token, { cookie })).json).toEqual({ state: 'open', newest: 1 })
    expect(await visits(sent)).toHaveLength(500)
  })

  it('is never a colleague’s, who is logged in here', async () => {
    const sent = await send()
    const session = await scene.server.cookieOf(await scene.cast.personId('wanglei'))
    const cookie = `${deviceOf(await open(sent.token))}; ${session}`
    await sees(sent.token, { cookie })
    expect(await visits(sent)).toEqual([])
    expect((await says(sent.token, accepting, { cookie })).status).toBe(403)
  })

  it('from another site, or in a shape of its own, is refused', async () => {
    const { token } = await send()
    expect((await sees(token, { origin: 'https://evil.example' })).status).toBe(403)
    for (const body of [
      {},
      { ...seeing, stoppedAt: 'attic' },
      { ...seeing, sections: { head: -1 } },
      { ...seeing, sections: { head: 1e9 } },
    ])
      expect((await sees(token, {}, body)).status).toBe(400)
  })
})
