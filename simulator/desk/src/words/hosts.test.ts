import { expect, test } from 'vitest'
import { hostsLine, originOf, pageOnPhone, placeOf } from './hosts.js'

const here = { domain: 'bulou.localhost', port: '7788' }

test('the domain is read off the address of the desk', () => {
  expect(placeOf({ hostname: 'desk.bulou.localhost', port: '7788' })).toEqual(here)
  expect(placeOf({ hostname: '127.0.0.1', port: '7788' })).toEqual(here)
  expect(placeOf({ hostname: 'desk.demo.example.com', port: '' })).toEqual({ domain: 'demo.example.com', port: '' })
})

test("a page of the product opens on the person's own host, with its query kept", () => {
  const page = pageOnPhone('http://bulou.localhost:7788/h5/ask/1?as=confirm-cannot#x', 'zhaoqiang', here)
  expect(page).toEqual({ url: 'http://zhaoqiang.bulou.localhost:7788/h5/ask/1?as=confirm-cannot#x', own: true })
  expect(pageOnPhone('/h5/ask/1', 'lina', here)?.url).toBe('http://lina.bulou.localhost:7788/h5/ask/1')
})

test('another web page is left alone, even when its name ends like ours', () => {
  expect(pageOnPhone('https://notbulou.localhost/x', 'lina', here)).toEqual({ url: 'https://notbulou.localhost/x', own: false })
})

test('what is not a web page is refused', () => {
  expect(pageOnPhone('javascript:alert(1)', 'lina', here)).toBeNull()
  expect(pageOnPhone('http://', 'lina', here)).toBeNull()
})

test('without a port the default one is meant', () => {
  expect(originOf('lina', { ...here, port: '' })).toBe('http://lina.bulou.localhost')
})

test('the hosts line names every client once', () => {
  expect(hostsLine(['lina'], here)).toBe(
    '127.0.0.1 bulou.localhost desk.bulou.localhost open.bulou.localhost lina.bulou.localhost',
  )
})
