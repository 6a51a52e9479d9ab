import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { expect, it } from 'vitest'
import { readBody } from './read-body.js'

const arriving = (...chunks: string[]) =>
  Object.assign(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), { headers: {} }) as unknown as IncomingMessage

it('is the whole body, whatever pieces it comes in, or nothing once it is too large', async () => {
  expect(String(await readBody(arriving('编号,', '电话'), 100))).toBe('编号,电话')
  expect(await readBody(arriving('编号,', '电话'), 8)).toBeNull()
})

it('says so where somebody before us read the body to its end: it comes only once, and waiting would never end', async () => {
  const request = arriving('{}')
  for await (const chunk of request) expect(String(chunk)).toBe('{}')
  await expect(readBody(request, 100)).rejects.toMatchObject({ code: 'not-a-file', status: 415 })
})
