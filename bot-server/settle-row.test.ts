import { describe, expect, it } from 'vitest'
import { replayParked } from '../domain/admin.js'
import { GiveUp, Refused, TryLater } from '../lib/errors.js'
import { keepNote, noteXml, useHandling } from '../test/factories/handling.js'
import { inWork } from '../test/factories/work.js'
import { waitFor } from '../test/rig/wait-for.js'
import { createInboxStore } from './callbacks/store-inbox.js'

const bench = useHandling()
const { handledOn, hear, newHandler, rows, settled } = bench

describe('what goes wrong', () => {
  const failing = (error: () => Error) => {
    bench.onNote = async (ctx, words, lane) => {
      await keepNote(ctx, words, lane)
      if (words === 'bad') throw error()
    }
  }
  const once = async (lane: string) => {
    const handler = newHandler()
    handler.drain([lane])
    await handler.close()
  }
  /** Lets the time of the next try come. */
  const later = (ms: number) => {
    bench.now = new Date(bench.now.getTime() + ms)
  }

  it('GiveUp parks the row with its reason, at once, and the lane goes on', async () => {
    failing(() => new GiveUp('这条记录读不出来'))
    await hear('a', '1', 'bad', '3')
    newHandler().drain(['a'])
    await settled()
    expect(await handledOn('a')).toEqual(['1', '3'])
    expect((await rows())[1]).toMatchObject({ state: 'parked', attempts: 1, reason: '这条记录读不出来' })
    expect(bench.kept.of('error').map((line) => line.words)).toEqual(['row parked'])
  })

  it('a bug is tried again, later each time, then parked; what it wrote is gone; what comes after waits', async () => {
    failing(() => new TypeError('cannot read x of undefined'))
    await hear('a', 'bad', '2')
    await newHandler().sweep()
    await waitFor(async () => (await rows())[0]?.attempts === 1)
    expect(await handledOn('a')).toEqual([])
    await newHandler().sweep() // its time has not come
    expect((await rows())[0]).toMatchObject({ state: 'open', attempts: 1 })
    for (let tries = 2; tries <= 6; tries++) {
      later(3_600_000)
      await newHandler().sweep()
      await waitFor(async () => (await rows())[0]?.attempts === tries)
    }
    await settled()
    expect((await rows()).map((row) => row.state)).toEqual(['parked', 'done'])
    expect(await handledOn('a')).toEqual(['2'])
  })

  it('TryLater keeps its place for as long as it takes, and says when', async () => {
    failing(() => new TryLater('接口限流', 7_000))
    await hear('a', 'bad')
    for (let tries = 1; tries <= 9; tries++) {
      await newHandler().sweep()
      await waitFor(async () => (await rows())[0]?.attempts === tries)
      expect((await rows())[0]).toMatchObject({ state: 'open', reason: '接口限流' })
      expect((await rows())[0]?.notBefore?.getTime()).toBe(bench.now.getTime() + 7_000)
      later(7_000)
    }
    bench.onNote = keepNote
    await newHandler().sweep()
    await settled()
    expect(await handledOn('a')).toEqual(['bad'])
  })

  it('Refused tells the person who spoke, in their words, once, and is done', async () => {
    bench.onNote = keepNote
    const xml = `<xml><FromUserName>WangLei</FromUserName><CreateTime>1</CreateTime><MsgType>event</MsgType><Event>template_card_event</Event><EventKey>confirm-can</EventKey><TaskId>${'0'.repeat(8)}-0000-7000-8000-000000000000</TaskId></xml>`
    await createInboxStore(bench.db)({ key: 'press', source: 'wecom', lane: 'wecom:member:wanglei', body: xml, trace: 't' })
    newHandler().drain(['wecom:member:wanglei'])
    await settled()
    expect((await rows())[0]).toMatchObject({ state: 'done', reason: 'not-your-card' })
    const [said, ...more] = await bench.db.outbox.findMany()
    expect(more).toEqual([])
    expect(said).toMatchObject({
      kind: 'send-text',
      trace: 't',
      // There: they may use another app by now.
      payload: { personId: await bench.cast.personId('wanglei'), text: '这张卡片不是发给你的', platform: 'wecom' },
    })
  })

  it('Refused in what nobody said is done without a word', async () => {
    failing(() => new Refused('no-such-thing', '没有这个'))
    await hear('a', 'bad')
    await once('a')
    expect((await rows())[0]).toMatchObject({ state: 'done', reason: 'no-such-thing' })
    expect(await bench.db.outbox.count()).toBe(0)
  })

  it('killed in the middle: nothing of it was kept, and it is handled once by the next', async () => {
    let reached = () => {}
    const inTheMiddle = new Promise<void>((resolve) => {
      reached = resolve
    })
    bench.onNote = async (ctx, words, lane) => {
      await keepNote(ctx, words, lane)
      reached()
      // The connection dies under the transaction, as it does with the process.
      await bench.db.$executeRaw`
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction' AND pid <> pg_backend_pid()`
      await keepNote(ctx, words, lane)
    }
    await hear('a', '1')
    newHandler().drain(['a'])
    await inTheMiddle
    await waitFor(async () => bench.kept.of('warn').length > 0)
    expect(await handledOn('a')).toEqual([])
    bench.onNote = keepNote
    later(3_600_000)
    await newHandler().sweep()
    await settled()
    expect(await handledOn('a')).toEqual(['1'])
  })

  it('a failure that is settled late leaves alone what somebody else has done meanwhile', async () => {
    bench.onNote = async (ctx, words, lane) => {
      await keepNote(ctx, words, lane)
      // Between this transaction's end and the settling of its failure, another process handles the row.
      await bench.db.inbox.updateMany({ data: { state: 'done', attempts: 1 } }).catch(() => {})
      throw new GiveUp('too late')
    }
    await hear('a', '1')
    await once('a')
    expect((await rows())[0]).toMatchObject({ state: 'done', reason: null })
  })

  it('parked rows come back when an administrator says so, at their old place, and it is on record', async () => {
    failing(() => new GiveUp('broken'))
    await hear('a', 'bad')
    await once('a')
    const [parked] = await rows()
    const admin = await bench.cast.actor('heping')
    bench.onNote = keepNote
    expect(await inWork(bench.db, (work) => replayParked(work, admin, parked?.seq as bigint))).toEqual({ lane: 'a' })
    await once('a')
    expect(await handledOn('a')).toEqual(['bad'])
    expect(await bench.db.auditEntry.findFirst({ where: { verb: 'inbox-replayed' } })).toMatchObject({ actor: admin.personId })
    await expect(inWork(bench.db, (work) => replayParked(work, admin, parked?.seq as bigint))).rejects.toThrow(/not-parked/)
  })

  it('a source or an event that nobody knows: the first is parked, the second is done', async () => {
    await createInboxStore(bench.db)({ key: 'x', source: 'fax', lane: 'f', body: '…', trace: 't' })
    await createInboxStore(bench.db)({
      key: 'y',
      source: 'wecom',
      lane: 'f',
      body: noteXml('f', '1').replace('>note<', '>brand_new_event<'),
      trace: 't',
    })
    newHandler().drain(['f'])
    await settled()
    expect((await rows()).map((row) => row.state)).toEqual(['parked', 'done'])
  })
})
