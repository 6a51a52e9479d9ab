import { expect, test } from 'vitest'
import { hostsLine, originOf, pageOnPhone } from './hosts.js'

test("a page of the product opens on the person's own host, with its query kept", () => {
  const page = pageOnPhone('http://bulou.localhost:7788/h5/ask/1?as=confirm-cannot#x', 'zhaoqiang', '7788')
  expect(page).toEqual({ url: 'http://zhaoqiang.bulou.localhost:7788/h5/ask/1?as=confirm-cannot#x', own: true })
  expect(pageOnPhone('/h5/ask/1', 'lina', '7788')?.url).toBe('http://lina.bulou.localhost:7788/h5/ask/1')
})

test('another web page is left alone, even when its name ends like ours', () => {
  expect(pageOnPhone('https://notbulou.localhost/x', 'lina', '7788')).toEqual({ url: 'https://notbulou.localhost/x', own: false })
})

test('what is not a web page is refused', () => {
  expect(pageOnPhone('javascript:alert(1)', 'lina', '7788')).toBeNull()
  expect(pageOnPhone('http://', 'lina', '7788')).toBeNull()
})

test('without a port the default one is meant', () => {
  expect(originOf('lina', '')).toBe('http://lina.bulou.localhost')
})

test('the hosts line names every client once', () => {
  expect(hostsLine(['lina'])).toBe('127.0.0.1 bulou.localhost desk.bulou.localhost open.bulou.localhost lina.bulou.localhost')
})
