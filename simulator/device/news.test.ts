import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isPicture } from './news.js'

let server: Server
let base: string
beforeAll(async () => {
  server = createServer((req, res) => {
    if (req.url === '/cover.png' && req.headers.host?.startsWith('q.')) res.setHeader('content-type', 'image/png')
    res.statusCode = req.url === '/gone.png' ? 404 : 200
    res.end('.')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://q.test.localhost:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

it('takes a picture that can be fetched, and nothing else', async () => {
  expect(await isPicture(`${base}/cover.png`)).toBe(true)
  expect(await isPicture(`${base}/page`)).toBe(false)
  expect(await isPicture(`${base}/gone.png`)).toBe(false)
  expect(await isPicture('http://127.0.0.1:1/cover.png')).toBe(false)
  for (const address of ['', '/cover.png', 'data:image/png;base64,AA', 'ftp://x/y.png'])
    expect(await isPicture(address)).toBe(false)
})
