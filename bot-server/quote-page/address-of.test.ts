import { expect, it } from 'vitest'
import { addressOf } from './address-of.js'

const asked = (ip: string, forwarded = '') => ({ ip, get: (name: string) => (name === 'x-forwarded-for' ? forwarded : '') })

it.each([
  ['straight from outside', '203.0.113.5', '', 1, '203.0.113.5'],
  ['what somebody outside says of themselves counts for nothing', '203.0.113.5', '6.6.6.6', 1, '203.0.113.5'],
  ['through our proxy: what it saw', '::ffff:127.0.0.1', '203.0.113.5', 1, '203.0.113.5'],
  ['what stood there before our proxy wrote is the visitor’s own word', '10.0.0.2', '6.6.6.6, 203.0.113.5', 1, '203.0.113.5'],
  ['through two proxies of ours', '10.0.0.2', '6.6.6.6, 203.0.113.5, 10.0.0.9', 2, '203.0.113.5'],
  ['no proxy of ours is there', '127.0.0.1', '6.6.6.6', 0, '127.0.0.1'],
  ['no address stands there', '127.0.0.1', 'nobody', 1, '127.0.0.1'],
  ['over IPv6', '::1', '2001:db8::5', 1, '2001:db8::5'],
])('%s', (_what, ip, forwarded, hops, address) => expect(addressOf(asked(ip, forwarded), hops)).toBe(address))
