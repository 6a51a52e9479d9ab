import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { useReach } from '../../test/factories/reach.js'
import { at, DAY, inWork, MINUTE, SECOND } from '../../test/factories/work.js'
import { drawCard } from '../card/draw-card.js'
import { confirmByToken, confirmTry } from './got-it.js'
import { tryOne } from './try-one.js'

const bench = useReach()
const { told } = bench

describe('试发一条', () => {
  const token = randomBytes(24).toString('base64url')
  const attempt = (when = at(0)) =>
    inWork(
      bench.db,
      (work) => tryOne(work, { personId: bench.wang, set: { sms: true, mail: true }, machineNow: when, newToken: () => token }),
      when,
    )

  it('goes through the channels that are on for this person, each a card of its own', async () => {
    expect(await attempt()).toEqual(['wecom'])
    await told({ mobile: '13812345678', email: 'a@b.cn', bizMail: null })
    await expect(attempt(at(30 * SECOND))).rejects.toMatchObject({ code: 'tried-just-now' })
    expect(await attempt(at(2 * MINUTE))).toEqual(['wecom', 'sms', 'mail'])
    const tries = await bench.db.reachTry.findMany({ orderBy: { id: 'asc' } })
    expect(await bench.db.cardCopy.count({ where: { card: { kind: 'try-one' } } })).toBe(4)
    // The first one, never answered, asks no more.
    expect(tries.map((one) => one.until > at(2 * MINUTE))).toEqual([false, true, true, true])
    const drawn = await Promise.all(
      tries.slice(1).map((one) => drawCard(bench.db, { kind: 'try-one', subject: `try:${one.id}` }, at(0))),
    )
    expect(drawn.map((card) => card?.page)).toEqual(['/h5/reach', '/h5/reach', `/got/${token}`])
  })

  it('收到了 counts for the one it was said of, by its owner, once', async () => {
    await attempt()
    const { id } = await bench.db.reachTry.findFirstOrThrow()
    const [other, own] = [await bench.cast.personId('chenjing'), bench.wang]
    expect(await inWork(bench.db, (work) => confirmTry(work, other, id))).toBe(false)
    expect(await inWork(bench.db, (work) => confirmTry(work, own, id))).toBe(true)
    expect(await inWork(bench.db, (work) => confirmTry(work, own, id))).toBe(false)
  })

  it('a link holds a week and works once', async () => {
    await told({ mobile: null, email: 'a@b.cn', bizMail: null })
    await attempt()
    const click = (when: Date) => inWork(bench.db, (work) => confirmByToken(work, token, when))
    expect(await click(at(8 * DAY))).toBe(false)
    expect(await inWork(bench.db, (work) => confirmByToken(work, 'x', at(0)))).toBe(false)
    expect(await click(at(DAY))).toBe(true)
    expect(await click(at(DAY))).toBe(false)
    expect(await bench.db.reach.findMany()).toMatchObject([{ channel: 'mail', personId: bench.wang }])
  })
})
