import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterAll, expect, it } from 'vitest'
import { freePort, holderOfPort, isFree } from './ports.mjs'

const server = createServer()
afterAll(() => server.close())

it('sees a server on all addresses, names its process and picks another port', async () => {
  const port = await freePort()
  expect(await isFree(port)).toBe(true)
  server.listen(port)
  await once(server, 'listening')
  expect(await isFree(port)).toBe(false)
  expect(await freePort(port)).not.toBe(port)
  expect(holderOfPort(port)).toMatchObject({ pid: process.pid })
})
