import { request } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startProduct } from '../testing/product.js'
import { startForTest, type TestStandin } from '../testing/start.js'
import { USER_AGENT } from './user-agent.js'

let standin: TestStandin
let product: Awaited<ReturnType<typeof startProduct>>
let own: string
beforeAll(async () => {
  product = await startProduct()
  standin = await startForTest({ product: product.base })
  own = standin.hostOf('wanglei')
})
afterAll(async () => {
  await standin.close()
  await product.close()
})
beforeEach(() => {
  product.received.length = 0
  product.handle = (_, res) => void res.end()
})
const BRIDGE = '<script src="/__device/bridge.js"></script>'

it("hands a client's request on with its host, cookies and body, under WeCom's user agent", async () => {
  await standin.ask('/api/me?x=1', {
    host: own,
    method: 'PUT',
    headers: { cookie: 'sid=1', 'user-agent': 'Chrome' },
    body: '{"a":1}',
  })
  expect(product.received[0]).toMatchObject({
    method: 'PUT',
    host: own,
    body: '{"a":1}',
    url: { pathname: '/api/me', search: '?x=1' },
  })
  expect(product.received[0]?.headers).toMatchObject({ cookie: 'sid=1', 'user-agent': USER_AGENT })
})

it('puts the bridge before everything else in the head of a page', async () => {
  const page = '<!doctype html><html><head lang="zh"><script src="/h5/a.js"></script></head><body>好</body></html>'
  product.handle = (_, res) => {
    res.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-length': Buffer.byteLength(page),
      'set-cookie': ['a=1', 'b=2'],
    })
    res.end(page)
  }
  const { text, headers } = await standin.ask('/h5/', { host: own })
  expect(text).toBe(page.replace('<head lang="zh">', `<head lang="zh">${BRIDGE}`))
  expect(headers['set-cookie']).toEqual(['a=1', 'b=2'])
  expect((await standin.ask('/h5/', { host: `bulou.localhost:${standin.port}` })).text).toBe(page)
})

it('leaves what is no page alone', async () => {
  product.handle = (_, res) => void res.writeHead(200, { 'content-type': 'application/json' }).end('{"head":"<head>"}')
  expect((await standin.ask('/api/x', { host: own })).text).toBe('{"head":"<head>"}')
})

it('keeps a client on its own host when the product redirects to the trusted domain or to the login', async () => {
  const go = async (location: string) => {
    product.handle = (_, res) => void res.writeHead(302, { location }).end()
    return (await standin.ask('/auth', { host: own })).headers.location
  }
  expect(await go(`http://bulou.localhost:${standin.port}/h5/?a=1#b`)).toBe(`http://${own}/h5/?a=1#b`)
  expect(await go(`http://open.bulou.localhost:${standin.port}/connect/oauth2/authorize?appid=x`)).toBe(
    `http://${own}/connect/oauth2/authorize?appid=x`,
  )
  expect(await go('https://elsewhere.example/x')).toBe('https://elsewhere.example/x')
  expect(await go('/h5/')).toBe('/h5/')
})

it('passes a stream on as it comes, and tells the product when the page has gone', async () => {
  let closed = false
  let say: (words: string) => void = () => {}
  product.handle = (_, res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' })
    res.write('event: hello\n\n')
    say = (words) => void res.write(words)
    res.on('close', () => {
      closed = true
    })
  }
  const heard: string[] = []
  const page = request({ port: standin.port, host: '127.0.0.1', path: '/api/live', headers: { host: own } })
  page.end()
  page.on('error', () => {})
  page.on('response', (res) =>
    res
      .setEncoding('utf8')
      .on('data', (chunk: string) => heard.push(chunk))
      .on('error', () => {}),
  )
  await expect.poll(() => heard.join('')).toBe('event: hello\n\n')
  say('event: changed\n\n')
  await expect.poll(() => heard.join('')).toContain('changed')
  page.destroy()
  await expect.poll(() => closed).toBe(true)
})

it('says so when the product is away; a page tries again by itself', async () => {
  await product.close()
  const page = await standin.ask('/h5/', { host: own, headers: { accept: 'text/html,*/*' } })
  expect([page.status, page.headers.refresh, page.text.includes('暂时连不上')]).toEqual([502, '3', true])
  const call = await standin.ask('/api/me', { host: own, headers: { accept: 'application/json' } })
  expect([call.status, JSON.parse(call.text).error.code]).toEqual([502, 'away'])
  await product.listen()
})
