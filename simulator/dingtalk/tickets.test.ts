import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import type { Deps } from '../deps.js'
import { applyDingtalk, createDingtalk } from '../state/dingtalk/dingtalk.js'
import { isPageSigned } from './tickets.js'

const url = 'https://bulou.example/h5/?to=%E5%BE%85%E5%8A%9E#/today'
const plain = 'jsapi_ticket=T1&noncestr=n&timestamp=1764000000&url=https://bulou.example/h5/?to=待办'
const signed = (way: string, text = plain) => createHash(way).update(text).digest('hex')

function place(now: number): Deps {
  const dingtalk = createDingtalk()
  applyDingtalk(dingtalk, { type: 'ding-ticket', value: 'T1', at: 0, first: 0 })
  return { store: { state: { dingtalk } }, clock: { machine: () => now } } as unknown as Deps
}
const look = (signature: string, now = 0) => isPageSigned(place(now), { timeStamp: 1764000000, nonceStr: 'n', signature, url })

it('takes SHA-256 and SHA-1 over the url without its fragment and with its query decoded', () => {
  expect(look(signed('sha256'))).toBe(true)
  expect(look(signed('sha1'))).toBe(true)
  expect(look(signed('sha256', plain.replace('待办', '%E5%BE%85%E5%8A%9E')))).toBe(false)
  expect(look(signed('md5'))).toBe(false)
})

it('takes none of a ticket that is over', () => {
  expect(look(signed('sha256'), 7_200_000)).toBe(false)
})
