import type { RouterContext } from '@koa/router'
import { expect, it } from 'vitest'
import { newToken } from '../../domain/quote/quote-token.js'
import { NOW } from '../../test/factories/work.js'
import { createDoors, type QuotePageDeps } from './quote-doors.js'

const deps = { clock: { machineNow: () => NOW }, config: { server: { proxyHops: 0 } } } as unknown as QuotePageDeps
const from = (n: number) => ({ ip: `203.0.113.${n}`, get: () => '' }) as unknown as RouterContext

it('a link that many open at once is busy; what can be no link is kept under no name, however often it is asked for', () => {
  const doors = createDoors(deps)
  const asks = (token: string) => Array.from({ length: 1_000 }, (_, i) => doors.mayAsk(from(i % 250), token))
  expect(asks(newToken()).filter(Boolean)).toHaveLength(900)
  expect(asks('made-up'.repeat(1_000)).every(Boolean)).toBe(true)
})
