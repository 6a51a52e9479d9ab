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
  expect(await whereTo(host('contact', null))).toEqual({ kind: 'pick' })
})

test('in a group, and on the workbench, nobody is asked for a customer: that call fails there', async () => {
  const group = host('group', 'wmRenji')
  expect(await whereTo(group)).toEqual({ kind: 'group' })
  expect(group.asked()).toBe(0)
  const normal = host('none', 'wmRenji')
  expect(await whereTo(normal)).toEqual({ kind: 'pick' })
  expect(normal.asked()).toBe(0)
})
