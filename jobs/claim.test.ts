import { describe, expect, it } from 'vitest'
import { later } from '../domain/outbox.js'
import { advance } from '../lib/clock.js'
import { useDelivery } from '../test/factories/delivery.js'
import { at, HOUR, inWork, MINUTE, NOW, SECOND } from '../test/factories/work.js'
import { waitFor } from '../test/rig/wait-for.js'
import { claimDue, LEASE_MS } from './claim.js'
import { defineEffect, done, type Effect } from './define.js'

const bench = useDelivery()
const { newWorker, rows, say, texts, work } = bench

describe('claiming', () => {
  it('asked twice under one key is asked once', async () => {
    await say('好的', { key: 'same' })
    await say('好的', { key: 'same' })
    await work()
    expect(texts()).toEqual(['好的'])
  })

  it('several workers at many lanes: nothing twice, one at a time per lane, each lane in order', async () => {
    const busy = new Map<string, number>()
    const lane = (text: string) => text.split(' ')[0] as string
    let overlaps = 0
    const ids = Array.from({ length: 60 }, (_, i) => `${'abcd'[i % 4]} ${i}`)
    for (const text of ids) await say(text, { lane: `lane:${lane(text)}` })
    const effect = defineEffect({
      name: 'send-text',
      ifUnknown: 'repeat',
      async run({ channels }, { text }) {
        if (busy.get(lane(text))) overlaps += 1
        busy.set(lane(text), 1)
        await channels.wecom?.sendText('wanglei', text)
        await new Promise((resolve) => setTimeout(resolve, 2))
        busy.delete(lane(text))
        return done({})
      },
    }) as Effect
    const several = [newWorker([effect]), newWorker([effect]), newWorker([effect])]
    await Promise.all(several.map((worker) => worker.run()))
    await waitFor(async () => (await bench.db.outbox.count({ where: { state: 'open' } })) === 0)
    expect(overlaps).toBe(0)
    expect(texts()).toHaveLength(60)
    for (const name of 'abcd') expect(texts().filter((t) => lane(t) === name)).toEqual(ids.filter((t) => lane(t) === name))
  })

  it('a more urgent row that comes while another claim of its lane is under way waits for it', async () => {
    await say('first')
    const [times, other] = [{ business: NOW, machine: NOW }, bench.newPool(2)]
    // A claim that has marked its row and not committed yet.
    let commit = () => {}
    const committed = new Promise<void>((resolve) => {
      commit = resolve
    })
    let marked = false
    const slow = other.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(72061903)`
      await tx.$executeRaw`UPDATE outbox SET called_at = ${NOW}, lease_until = ${at(LEASE_MS)}`
      marked = true
      await committed
    })
    await waitFor(() => marked)
    await say('urgent', { priority: 2 })
    const claim = claimDue(bench.db, times, 8)
    setTimeout(commit, 50)
    await slow
    expect(await claim).toEqual([])
  })

  it('the urgent leaves first, then by age', async () => {
    await say('one')
    await say('two')
    await say('answer', { priority: 2 })
    await work()
    expect(texts()).toEqual(['answer', 'one', 'two'])
  })

  it('waits for its business time, whatever the machine says', async () => {
    await say('later', { notBefore: at(10 * SECOND) })
    await work()
    expect(texts()).toEqual([])
    await advance(bench.db, 10 * SECOND)
    await work()
    expect(texts()).toEqual(['later'])
    await bench.db.$executeRaw`ALTER TABLE clock_offset DISABLE TRIGGER clock_only_forward`
    await bench.db.$executeRaw`UPDATE clock_offset SET offset_ms = 0`
    await bench.db.$executeRaw`ALTER TABLE clock_offset ENABLE TRIGGER clock_only_forward`
  })

  it('what waits for its time holds up nothing that is due', async () => {
    await say('later', { notBefore: at(HOUR) })
    await say('now')
    await work()
    expect(texts()).toEqual(['now'])
  })

  it('too late is not at all, and shown', async () => {
    await say('好消息', { expiresAt: at(MINUTE) })
    bench.now = at(2 * MINUTE)
    await work()
    expect(texts()).toEqual([])
    const worker = newWorker()
    expect(await worker.expire()).toBe(1)
    expect(await rows()).toMatchObject([{ state: 'expired', reason: '过期未发' }])
  })

  it('a call that hangs holds up its lane and no other', async () => {
    let letGo = () => {}
    const hung = new Promise<void>((resolve) => {
      letGo = resolve
    })
    let hangs = false
    bench.phone.before = async (_call, to) => {
      if (to !== 'wanglei' || bench.phone.texts.length > 0) return
      hangs = true
      await hung
    }
    await say('hangs')
    await say('waits')
    const worker = newWorker()
    await worker.run()
    await waitFor(() => hangs)
    const personId = await bench.cast.personId('lina')
    bench.phone.before = async () => {}
    await inWork(bench.db, (w) => later(w, { kind: 'send-text', key: 'l', lane: 'lina', payload: { personId, text: 'quick' } }))
    await worker.run()
    await waitFor(() => texts().includes('quick'))
    expect(texts()).toEqual(['quick'])
    letGo()
    await waitFor(() => texts().length === 3)
    expect(texts()).toEqual(['quick', 'hangs', 'waits'])
  })
})
