import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { wordsOf } from './failed.js'
import { backoffMs } from './live.js'
import { loginUrl } from './login.js'
import { refusedWith } from './request.js'
import { newRequestId } from './request-id.js'

test('the server’s own words win over ours', () => {
  const failed = refusedWith(404, { error: { code: 'unknown-contact', words: '没有找到这位联系人' } })
  expect(failed).toMatchObject({ kind: 'missing', code: 'unknown-contact', words: '没有找到这位联系人' })
})

test('an answer that is no answer of ours still becomes words for a person', () => {
  expect(refusedWith(502, '<html>').kind).toBe('broken')
  expect(refusedWith(403, null).kind).toBe('refused')
  expect(refusedWith(429, undefined).kind).toBe('slow')
  for (const status of [400, 403, 404, 413, 429, 500, 502]) expect(refusedWith(status, null).words).toMatch(/[一-龥]{4}/)
  expect(wordsOf(new TypeError('x is not a function'))).not.toMatch(/function/)
})

test('the login comes back to the very page, with its question', () => {
  const at = { pathname: '/h5/ask/1', search: '?as=confirm-cannot' }
  expect(loginUrl(at, 'wxwork/4.1')).toBe('/auth/wecom?to=%2Fh5%2Fask%2F1%3Fas%3Dconfirm-cannot')
  expect(loginUrl(at, 'iPhone DingTalk/7.6.0')).toBe('/h5/login?to=%2Fh5%2Fask%2F1%3Fas%3Dconfirm-cannot')
})

test('a request id is what the contracts take, and never the same', () => {
  const ids = Array.from({ length: 200 }, newRequestId)
  for (const id of ids) expect(z.uuid().safeParse(id).success).toBe(true)
  expect(new Set(ids).size).toBe(200)
})

test('waiting to reconnect grows, is never all at once, and has an end', () => {
  expect(backoffMs(0, 0)).toBe(750)
  expect(backoffMs(0, 1)).toBe(1250)
  expect(backoffMs(3, 0.5)).toBe(8000)
  expect(backoffMs(40, 1)).toBeLessThanOrEqual(37_500)
})
