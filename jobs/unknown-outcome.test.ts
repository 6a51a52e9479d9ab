import { describe, expect, it } from 'vitest'
import { GiveUp } from '../lib/errors.js'
import { unknownOutcome, useDelivery } from '../test/factories/delivery.js'
import { wecomOnly } from '../test/factories/phone.js'
import { at, HOUR, NOW, SECOND } from '../test/factories/work.js'
import { LEASE_MS } from './claim.js'
import { done, type Effect } from './define.js'

const bench = useDelivery()
const { failOnce, newWorker, rows, say, texts, work } = bench

describe('when nobody knows whether the platform took it', () => {
  const shows = (run: Effect['run']) => ({ name: 'send-text', ifUnknown: 'show', run }) as Effect
  const sends: Effect['run'] = async ({ channels }, payload) =>
    done(await channels.wecom?.sendText('wanglei', (payload as { text: string }).text))

  it('a kind that may be repeated is repeated, and counted apart', async () => {
    failOnce('after', unknownOutcome())
    await say('twice at worst')
    await work()
    expect(await rows()).toMatchObject([{ state: 'open', unknowns: 1, calledAt: NOW }])
    bench.now = at(SECOND)
    await work()
    expect(texts()).toEqual(['twice at worst', 'twice at worst'])
    expect(await rows()).toMatchObject([{ state: 'done', unknowns: 1, attempts: 2 }])
  })

  it('a kind that must not be repeated is shown instead', async () => {
    failOnce('after', unknownOutcome())
    await say('once at most')
    await work([shows(sends)])
    bench.now = at(HOUR)
    await work([shows(sends)])
    expect(texts()).toEqual(['once at most'])
    expect(await rows()).toMatchObject([{ state: 'unknown' }])
  })

  it.each([
    ['repeat', 2, 'done'],
    ['show', 1, 'unknown'],
  ] as const)('a worker that died on the way: «%s» is called %i times and ends %s', async (rule, calls, state) => {
    const effect = { name: 'send-text', ifUnknown: rule, run: sends } as Effect
    await say('x')
    // Claimed and called; then the process was gone.
    const [row] = await bench.claim()
    await sends(wecomOnly(bench.phone.channel) as never, row?.payload as never)
    await work([effect])
    expect(texts()).toHaveLength(1) // its lease is still good
    bench.now = at(LEASE_MS)
    await work([effect])
    expect(texts()).toHaveLength(calls)
    expect(await rows()).toMatchObject([{ state, unknowns: 1 }])
  })

  it.each([
    ['repeat', 'done'],
    ['show', 'unknown'],
  ] as const)('a receipt that could not be kept is not a failed call: «%s» ends %s', async (rule, state) => {
    let broken = true
    const effect: Effect = {
      name: 'send-text',
      ifUnknown: rule,
      run: sends,
      async keep() {
        if (broken) throw new Error('the database was away')
      },
    }
    await say('x')
    await work([effect])
    expect(await rows()).toMatchObject([{ state: 'open', unknowns: 1, calledAt: NOW }])
    broken = false
    bench.now = at(SECOND)
    await work([effect])
    expect(await rows()).toMatchObject([{ state }])
    expect(texts()).toHaveLength(rule === 'repeat' ? 2 : 1)
  })

  it('a receipt that can never be kept is shown in the end, not sent for ever', async () => {
    const keep = async () => {
      throw new Error('a bug')
    }
    await say('x')
    for (let i = 0; i < 8; i++) {
      await work([{ name: 'send-text', ifUnknown: 'repeat', run: sends, keep }])
      bench.now = at(HOUR, bench.now)
    }
    expect(texts()).toHaveLength(5)
    expect(await rows()).toMatchObject([{ state: 'unknown' }])
  })

  it('a worker that slept past its lease does not write over the one that took over', async () => {
    await say('x')
    let wake = () => {}
    const asleep = new Promise<void>((resolve) => {
      wake = resolve
    })
    const sleeper: Effect = {
      name: 'send-text',
      ifUnknown: 'repeat',
      async run() {
        await asleep
        throw new GiveUp('不在应用可见范围')
      },
    }
    const first = newWorker([sleeper])
    await first.run()
    bench.now = at(LEASE_MS)
    await work()
    expect(await rows()).toMatchObject([{ state: 'done', attempts: 2 }])
    wake()
    await first.idle()
    expect(await rows()).toMatchObject([{ state: 'done', attempts: 2, reason: null }])
  })

  it('a worker that was so slow that it took its own row a second time keeps what the second try learnt, once', async () => {
    await say('x', { lane: 'a' })
    await say('y', { lane: 'b' })
    let wake = () => {}
    const asleep = new Promise<void>((resolve) => {
      wake = resolve
    })
    let tries = 0
    const kept: unknown[] = []
    const slow: Effect = {
      name: 'send-text',
      ifUnknown: 'repeat',
      async run(_deps, payload) {
        const receipt = `${(payload as { text: string }).text}${Math.floor(tries++ / 2) + 1}`
        await asleep
        return done(receipt)
      },
      async keep(_work, _payload, receipt) {
        kept.push(receipt)
      },
    }
    const worker = newWorker([slow])
    await worker.run()
    bench.now = at(LEASE_MS)
    await worker.run()
    wake()
    await worker.idle()
    expect(kept.toSorted()).toEqual(['x2', 'y2'])
    expect(await rows()).toMatchObject([
      { state: 'done', attempts: 2, receipt: 'x2' },
      { state: 'done', attempts: 2, receipt: 'y2' },
    ])
  })
})
