import { afterEach, expect, it } from 'vitest'
import type { Log } from '../../lib/log.js'
import { ChannelError } from '../channel-error.js'
import { serveQyapi } from './fixtures/qyapi.js'
import { createGroupWebhook } from './webhook.js'

let close: () => Promise<void> = async () => {}
afterEach(() => close())

const key = '693a91f6-7xxx-4bc4'

async function serve(answers: Parameters<typeof serveQyapi>[0], timeoutMs = 5_000) {
  const api = await serveQyapi(answers)
  close = api.close
  const lines: string[] = []
  const line = (fields: object, words?: string) => void lines.push(JSON.stringify({ ...fields, words }))
  const log: Log = { debug: line, info: line, warn: line, error: line, child: () => log }
  return { ...api, lines, group: createGroupWebhook({ apiBase: api.base, log, timeoutMs }) }
}

async function errorOf(run: Promise<unknown>): Promise<ChannelError> {
  const error = await run.catch((e: unknown) => e)
  expect(error).toBeInstanceOf(ChannelError)
  return error as ChannelError
}

it('says it in the group, without any token', async () => {
  const { group, asked } = await serve({ 'webhook/send': [{}] })
  await group.sendMarkdown(key, '**3 项客户待办**')
  expect(asked).toEqual([
    { path: 'webhook/send', query: { key }, body: { msgtype: 'markdown', markdown: { content: '**3 项客户待办**' } } },
  ])
})

it('cuts what is too long between characters', async () => {
  const { group, asked } = await serve({ 'webhook/send': [{}] })
  await group.sendMarkdown(key, '长'.repeat(2000))
  const body = asked[0]?.body as { markdown: { content: string } } | undefined
  const content = body?.markdown.content ?? ''
  expect(content).toBe(`${'长'.repeat(1364)}…`)
  expect(Buffer.byteLength(content)).toBeLessThanOrEqual(4096)
})

it.each([
  [93000, 'config', undefined],
  [93004, 'config', undefined],
  [45009, 'retry', 60_000],
  [-1, 'retry', undefined],
  [40058, 'give-up', undefined],
])('sorts errcode %i: %s', async (errcode, kind, delayMs) => {
  const { group } = await serve({ 'webhook/send': [{ errcode, errmsg: `no: ${key}` }] })
  const error = await errorOf(group.sendMarkdown(key, 'x'))
  expect(error).toMatchObject({ method: 'webhook/send', code: errcode, kind, delayMs, unknownOutcome: false })
  expect(error.hint).toMatch(/[一-龥]/)
})

it('tells what may have been said, and never shows the key or the words', async () => {
  const cut = (_req: unknown, res: { destroy(): void }) => res.destroy()
  const { group, lines } = await serve({ 'webhook/send': [cut, { errcode: 93000, errmsg: `no: ${key}` }, () => {}] }, 300)
  const errors = []
  for (let i = 0; i < 3; i++) errors.push(await errorOf(group.sendMarkdown(key, 'SECRET')))
  expect(errors.map((e) => e.unknownOutcome)).toEqual([true, false, true])
  const all = errors.map((e) => [e.message, e.stack, String(e.cause)]).join() + lines.join()
  expect(all).not.toMatch(/693a91f6|SECRET/)
})
