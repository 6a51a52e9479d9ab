import { expect, test } from 'vitest'
import { matchPath } from './match-page.js'

test('a path fills the holes of its pattern', () => {
  expect(matchPath('/', '/')).toEqual({})
  expect(matchPath('/chat/:contactId', '/chat/0193a000')).toEqual({ contactId: '0193a000' })
  expect(matchPath('/ask/:id', '/ask/%E9%97%AE')).toEqual({ id: '问' })
})

test('another path, an empty hole and a broken escape match nothing', () => {
  expect(matchPath('/chat/:contactId', '/customers')).toBeNull()
  expect(matchPath('/chat/:contactId', '/chat/')).toBeNull()
  expect(matchPath('/chat/:contactId', '/chat/a/b')).toBeNull()
  expect(matchPath('/ask/:id', '/ask/%E9%')).toBeNull()
})
