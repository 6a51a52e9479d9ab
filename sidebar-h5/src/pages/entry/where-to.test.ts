import { expect, test } from 'vitest'
import type { Entry } from '../../host/host.js'
import { whereTo } from './where-to.js'

function host(entry: Entry, contact: string | null) {
  let asked = 0
  const currentExternalContact = async () => {
    asked++
    return contact
  }
  return { entry: async () => entry, currentExternalContact, asked: () => asked }
}

test('beside a customer the page is about that customer', async () => {
  expect(await whereTo(host('contact', 'wmRenji'))).toEqual({ kind: 'customer', externalUserId: 'wmRenji' })
})

test('a client that does not say which customer lets the rep pick', async () => {
  expect(await whereTo(host('contact', null))).toEqual({ kind: 'page', to: '/customers' })
})

test('in a group the page is the group’s; there and on the workbench nobody is asked for a customer: that call fails', async () => {
  const group = host('group', 'wmRenji')
  expect(await whereTo(group)).toEqual({ kind: 'page', to: '/group' })
  expect(group.asked()).toBe(0)
  const normal = host('none', 'wmRenji')
  expect(await whereTo(normal)).toEqual({ kind: 'page', to: '/customers' })
  expect(normal.asked()).toBe(0)
})
