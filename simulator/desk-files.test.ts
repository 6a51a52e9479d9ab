import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startForTest, type TestStandin } from './testing/start.js'

let standin: TestStandin
beforeAll(async () => {
  const parent = await mkdtemp(join(tmpdir(), 'desk-'))
  await mkdir(join(parent, 'built', 'assets'), { recursive: true })
  await writeFile(join(parent, 'secret.txt'), 'not the desk')
  await writeFile(join(parent, 'built', 'index.html'), '<title>演示桌面</title>')
  await writeFile(join(parent, 'built', 'assets', 'a.js'), 'go()')
  standin = await startForTest({ env: { STANDIN_DESK: join(parent, 'built') } })
})
afterAll(() => standin.close())

const get = (path: string, host = standin.hostOf('desk')) => standin.ask(path, { host })

it('serves the built desk, its views from index.html', async () => {
  expect(await get('/')).toMatchObject({ status: 200, text: '<title>演示桌面</title>', headers: { 'cache-control': 'no-cache' } })
  expect((await get('/phones/lina')).text).toBe('<title>演示桌面</title>')
  expect(await get('/assets/a.js')).toMatchObject({ text: 'go()', headers: { 'content-type': 'text/javascript; charset=utf-8' } })
})

it('serves nothing from outside its folder', async () => {
  for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/assets/..%2f..%2fsecret.txt', '/%'])
    expect((await get(path)).text).not.toContain('not the desk')
})

it('shows the desk on the bare address too, and leaves other paths to the platform', async () => {
  const bare = `127.0.0.1:${standin.port}`
  expect((await get('/', bare)).text).toBe('<title>演示桌面</title>')
  expect((await get('/assets/a.js', bare)).text).toBe('go()')
  expect((await get('/phones/lina', bare)).status).toBe(404)
})
