import { expect, it } from 'vitest'
import { refuse, useDingtalk } from '../../channels/dingtalk/fixtures/dingtalk-api.js'
import { keepLog } from '../../test/factories/log.js'
import { waitFor } from '../../test/rig/wait-for.js'
import { sayCardRoute } from './say-card-route.js'

const serve = useDingtalk()
const path = 'card/callbacks/register'

it('is said until it is taken, and then no more', async () => {
  const { dingtalk, asksOf } = await serve({
    [path]: [refuse(500, 'system.busy'), refuse(403, 'Forbidden.X'), { success: true }],
  })
  const { log, lines } = keepLog()
  const stop = sayCardRoute({ dingtalk, secret: 'card-secret', log, firstMs: 10 })
  await waitFor(() => lines.some((line) => line.level === 'info'), { what: 'it to be taken' })
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(asksOf(path)).toHaveLength(3)
  const callbackUrl = 'https://bulou.example.com/callback/dingtalk/card'
  expect(asksOf(path)[2]?.body).toMatchObject({ callbackUrl, apiSecret: 'card-secret', forceUpdate: true })
  // Each wait is twice the one before.
  expect(lines.flatMap((line) => line.fields.retryMs ?? [])).toEqual([10, 20])
  expect(JSON.stringify(lines)).not.toContain('card-secret')
  stop()
})

it('is not said again by a process that stops', async () => {
  const { dingtalk, asksOf } = await serve({ [path]: [refuse(500, 'system.busy')] })
  const { log, lines } = keepLog()
  const stop = sayCardRoute({ dingtalk, secret: 's', log, firstMs: 1_000 })
  await waitFor(() => lines.length === 1, { what: 'the first no' })
  stop()
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  expect(asksOf(path)).toHaveLength(1)
})
