import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ChannelError } from '../../channels/channel-error.js'
import { clientOf } from '../../channels/wecom/fixtures/qyapi.js'
import { openCopy } from '../../domain/card/press.js'
import type { Cast } from '../../test/factories/cast.js'
import { AFTER_UNDO, type Chain, createChain } from '../../test/factories/chain.js'
import { chatOnly } from '../../test/factories/outlets.js'
import { createPhone, wecomOnly } from '../../test/factories/phone.js'
import { at, DAY, inWork, MINUTE } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import sendCard from './send-card.js'
import updateCard from './update-card.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let chain: Chain
let phone: ReturnType<typeof createPhone>
let change: string
let copyId: string
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  ;({ cast, chain } = await createChain(database.db))
  phone = createPhone()
  change = await cast.captures('wmRenji')
  copyId = (await copy()).id
})

const copy = async () => {
  const found = (await cast.askOf(change)).card.copies[0]
  if (!found) throw new Error('no copy')
  return found
}
/** One delivery, as deliver does it: the call, and if it went out what it keeps. */
async function send(now = AFTER_UNDO, between = async () => {}) {
  const result = await sendCard.run(
    {
      db: cast.db,
      now,
      machineNow: now,
      ...wecomOnly(phone.channel),
      wecom: clientOf('http://127.0.0.1:9').wecom,
      outlets: chatOnly,
    },
    { copyId },
  )
  await between()
  if ('receipt' in result) await inWork(cast.db, async (work) => sendCard.keep?.(work, { copyId }, result.receipt), now)
  return result
}
async function update(now = at(MINUTE), between = async () => {}) {
  const version = (await cast.askOf(change)).card.version
  const deps = {
    db: cast.db,
    now,
    machineNow: now,
    ...wecomOnly(phone.channel),
    wecom: clientOf('http://127.0.0.1:9').wecom,
    outlets: chatOnly,
  }
  const result = await updateCard.run(deps, { copyId, version })
  await between()
  if ('receipt' in result)
    await inWork(cast.db, async (work) => updateCard.keep?.(work, { copyId, version }, result.receipt), now)
  return result
}
const press = async (code: string, now = at(MINUTE)) => {
  const personId = await cast.personId('zhaoqiang')
  await inWork(cast.db, (work) => openCopy(work, { copyId, personId, code }), now)
}

describe('sending a card', () => {
  it('keeps its code, and from then on the time to answer counts', async () => {
    await send()
    expect(await copy()).toMatchObject({ code: phone.cards[0]?.code, shown: 1 })
    expect(await cast.askOf(change)).toMatchObject({ askedAt: AFTER_UNDO })
  })

  it('happens once for a copy, and not for what was settled before it left', async () => {
    await send()
    expect(await send()).toEqual({ skip: expect.any(String) })
    expect(phone.cards).toHaveLength(1)
    change = await cast.captures('wmHuaqiang')
    copyId = (await copy()).id
    await chain.undo(change)
    expect(await send()).toEqual({ receipt: { state: 'dropped', reason: expect.stringContaining('已撤销') } })
    expect(phone.cards).toHaveLength(1)
  })

  it('a click that came before the receipt was kept has the fresher code', async () => {
    await send(AFTER_UNDO, () => press('fresh'))
    expect(await copy()).toMatchObject({ code: 'fresh' })
  })

  it('what changed while it was on its way is put right after it', async () => {
    await send(AFTER_UNDO, async () => void (await chain.answer('zhaoqiang', change, 'can')))
    expect(await chain.outbox('update-card')).toMatchObject([{ payload: { copyId, version: 2 } }])
  })

  it('to somebody whom the platform did not reach is given up, with its reason', async () => {
    phone.channel.sendCard = async (to) => ({ messageId: 'm', code: null, notReached: [{ to, why: '不在应用可见范围' }] })
    await expect(send()).rejects.toThrow(/zhaoqiang：不在应用可见范围/)
  })
})

describe('changing a card', () => {
  beforeEach(async () => {
    await send()
    await chain.answer('zhaoqiang', change, 'can', { when: at(MINUTE) })
  })

  it('spends the code: it is never used a second time', async () => {
    await update()
    expect(phone.updates).toMatchObject([
      { to: 'zhaoqiang', card: { settled: expect.stringMatching(/赵强.*能做/), buttons: [] } },
    ])
    expect(await copy()).toMatchObject({ code: null, shown: 2 })
    await cast.db.card.updateMany({ data: { version: { increment: 1 } } })
    expect(await update()).toEqual({ skip: expect.stringContaining('no code left') })
    expect(phone.updates).toHaveLength(1)
  })

  it('needs no call when the copy shows it already, or its code is too old', async () => {
    expect(await update(at(4 * DAY))).toEqual({ skip: expect.stringContaining('no code left') })
    await update()
    expect(await update()).toEqual({ skip: expect.stringContaining('up to date') })
    expect(phone.updates).toHaveLength(1)
  })

  it('a click in between brings a fresh code, which is kept', async () => {
    await update(at(MINUTE), () => press('fresh'))
    expect(await copy()).toMatchObject({ code: 'fresh', shown: 2 })
  })

  it('a code that turns out to be spent is forgotten, and the copy is not taken for changed', async () => {
    phone.before = async () => {
      throw new ChannelError({ method: 'm', code: 42022, kind: 'code-used', hint: '' })
    }
    await update()
    expect(await copy()).toMatchObject({ code: null, shown: 1 })
  })
})
