import { describe, expect, it } from 'vitest'
import { TryLater } from '../lib/errors.js'
import { refusal, useDelivery } from '../test/factories/delivery.js'
import { at, DAY, MINUTE, NOW, SECOND } from '../test/factories/work.js'
import { defineEffect, type Effect, skip } from './define.js'

const bench = useDelivery()
const { failOnce, rows, say, texts, work } = bench

describe('the receipt', () => {
  it('is kept with the row, in the transaction of what the effect keeps, without a code in it', async () => {
    const changeId = await bench.cast.captures('wmRenji')
    await bench.db.outbox.deleteMany({ where: { NOT: { kind: 'send-card' } } })
    bench.now = at(11 * SECOND)
    await work()
    const ask = await bench.cast.askOf(changeId)
    expect(bench.phone.cards.map((card) => card.to).sort()).toEqual(['sunyue', 'zhaoqiang'])
    expect(ask.card.copies[0]).toMatchObject({ handle: expect.any(String), code: expect.stringContaining('code-of-'), shown: 1 })
    expect(ask.askedAt).toEqual(bench.now)
    for (const row of await rows()) {
      expect(row).toMatchObject({ state: 'done', attempts: 1, unknowns: 0, leaseUntil: null })
      expect(JSON.stringify(row.receipt)).not.toContain('code-of-')
    }
  })

  it('what is no longer wanted is skipped, and says so', async () => {
    const effect = defineEffect({ name: 'send-text', ifUnknown: 'repeat', run: async () => skip('nobody wants it') }) as Effect
    await say('x')
    await work([effect])
    expect(await rows()).toMatchObject([{ state: 'done', receipt: { skipped: 'nobody wants it' } }])
  })
})

describe('what the platform refuses', () => {
  it('a refusal for good is failed, with the platform’s words, and what comes after leaves', async () => {
    failOnce('before', refusal('give-up'))
    await say('never')
    await say('next')
    await work()
    expect(await rows()).toMatchObject([{ state: 'failed', reason: 'message/send: 45009 接口限流' }, { state: 'done' }])
    expect(texts()).toEqual(['next'])
  })

  it('a refusal for now is tried again at its time, in its place', async () => {
    failOnce('before', refusal('retry'))
    await say('again')
    await say('after it')
    await work()
    expect(texts()).toEqual([])
    expect(await rows()).toMatchObject([{ state: 'open', attempts: 1, calledAt: null, retryAt: at(SECOND) }, { attempts: 0 }])
    bench.now = at(SECOND)
    await work()
    expect(texts()).toEqual(['again', 'after it'])
  })

  it('the platform’s own wish for the delay is heard', async () => {
    failOnce('before', new TryLater('busy', 90 * SECOND))
    await say('x')
    await work()
    expect((await rows())[0]?.retryAt).toEqual(at(90 * SECOND))
  })

  it('a quarter of an hour of no: another way is asked for, also for what waits behind it and nobody tried', async () => {
    const stuck: string[] = []
    const effect = defineEffect({
      name: 'send-text',
      ifUnknown: 'repeat',
      async run() {
        throw refusal('retry')
      },
      async stuck(_work, { text }) {
        stuck.push(text)
      },
    })
    await say('tried')
    await say('behind it')
    await say('not so long', { notBefore: at(10 * MINUTE) })
    await bench.db.outbox.updateMany({ data: { createdAt: NOW } })
    await work([effect])
    expect(stuck).toEqual([])
    bench.now = at(16 * MINUTE)
    await work([effect])
    expect(stuck).toEqual(['tried', 'behind it'])
    expect(await rows()).toMatchObject([{ state: 'open' }, { attempts: 0 }, { attempts: 0 }])
  })

  it('after three days of no it is given up and shown', async () => {
    bench.phone.before = async () => {
      throw refusal('config')
    }
    await say('x')
    await bench.db.outbox.updateMany({ data: { createdAt: NOW } })
    await work()
    expect(await rows()).toMatchObject([{ state: 'open' }])
    bench.now = at(3 * DAY + MINUTE)
    await work()
    expect(await rows()).toMatchObject([{ state: 'failed' }])
  })

  it('a row that was planned for later is not old when its time comes', async () => {
    failOnce('before', refusal('retry'))
    await say('x', { notBefore: at(10 * DAY) })
    await bench.db.outbox.updateMany({ data: { createdAt: NOW } })
    bench.now = at(10 * DAY)
    await work()
    expect(await rows()).toMatchObject([{ state: 'open', attempts: 1 }])
  })

  it('a kind that nobody defined is failed by name', async () => {
    await say('x')
    await bench.db.outbox.updateMany({ data: { kind: 'send-fax' } })
    await work()
    expect(await rows()).toMatchObject([{ state: 'failed', reason: 'no file in jobs/effects for «send-fax»' }])
  })
})
