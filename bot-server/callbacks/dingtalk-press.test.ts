import { beforeEach, describe, expect, it } from 'vitest'
import { sayDue } from '../../domain/reminders/say-due.js'
import { newId } from '../../lib/ids.js'
import type { Cast } from '../../test/factories/cast.js'
import { now, useDingtalkCallbacks } from '../../test/factories/dingtalk-callbacks.js'
import { pushPress } from '../../test/factories/dingtalk-push.js'
import { at, HOUR, inWork, MINUTE } from '../../test/factories/work.js'
import { waitFor } from '../../test/rig/wait-for.js'

const bench = useDingtalkCallbacks()
const { send, stored, sweepUntil, hold } = bench
let cast: Cast

describe('a press', () => {
  let copyId: string
  let changeId: string
  beforeEach(async () => {
    cast = await bench.castInDingtalk({ zhaoqiang: 'ZhaoQiang', sunyue: 'SunYue' })
    changeId = await cast.captures('wmRenji')
    const copies = (await cast.askOf(changeId)).card.copies
    copyId = copies.find((copy) => copy.platform === 'dingtalk')?.id ?? ''
    await bench.db.cardCopy.updateMany({ data: { state: 'submitted', handle: 'accepted', shown: 1 } })
  })
  const press = (changes: object = {}, when = now) => pushPress({ outTrackId: copyId, userId: 'ZhaoQiang', ...changes }, when)
  const copy = () => bench.db.cardCopy.findUniqueOrThrow({ where: { id: copyId }, include: { card: true } })
  const words = async () =>
    (await bench.db.outbox.findMany({ where: { kind: 'send-text' } })).map((row) => (row.payload as { text: string }).text)

  it('is answered by the card as it is then, and noted as shown', async () => {
    const answer = await send(press())
    expect(answer.status).toBe(200)
    expect(answer.json.cardData.cardParamMap).toMatchObject({ has_buttons: 'false', settled: expect.stringContaining('赵强') })
    expect(await cast.askOf(changeId)).toMatchObject({ verdict: 'can' })
    await waitFor(async () => (await copy()).shown === 2)
    expect((await copy()).card.version).toBe(2)
    expect(await stored()).toMatchObject([{ source: 'dingtalk-card', state: 'done', reason: null }])
  })

  it('我来跟进 on a reminder is taken, and said by the card in the same answer', async () => {
    await inWork(bench.db, (work) => sayDue(work), at(5 * HOUR))
    const mine = { platform: 'dingtalk', personId: await cast.personId('zhaoqiang'), card: { kind: 'reminder' } }
    const { id } = await bench.db.cardCopy.findFirstOrThrow({ where: mine })
    const answer = await send(press({ outTrackId: id, action: 'follow-up' }))
    expect(answer.json.cardData.cardParamMap).toMatchObject({
      has_buttons: 'false',
      settled: expect.stringMatching(/赵强.*跟进/),
    })
    expect(await bench.db.reminderAct.findMany({ where: { reminder: { subject: { startsWith: 'ask:' } } } })).toMatchObject([
      { act: 'follow-up', personId: mine.personId },
    ])
  })

  it('sent twice at once to two servers is one press, and both are answered alike', async () => {
    const [one, other] = await Promise.all([send(press()), send(press(), bench.second)])
    for (const { json } of [one, other]) expect(json.cardData.cardParamMap).toMatchObject({ settled: '已由赵强答复：能做' })
    expect(await stored()).toHaveLength(1)
    expect((await copy()).card.version).toBe(2)
  })

  it('that comes too late still has the card put right in its answer', async () => {
    await send(press())
    const late = await send(press({ action: 'confirm-can' }, at(2 * MINUTE)))
    expect(late.json.cardData.cardParamMap).toMatchObject({ has_buttons: 'false' })
    expect(await stored()).toHaveLength(2)
    expect((await copy()).card.version).toBe(2)
  })

  it('on somebody else’s card, or on one that nobody knows, changes nothing and is answered in words', async () => {
    expect(await send(press({ userId: 'SunYue' }))).toMatchObject({ status: 200, text: '{}' })
    expect(await words()).toEqual(['这张卡片不是发给你的'])
    expect(await send(press({ outTrackId: newId() }))).toMatchObject({ status: 200, text: '{}' })
    expect(await send(press({ outTrackId: 'no id of ours' }))).toMatchObject({ status: 200, text: '{}' })
    expect((await words()).sort()).toEqual(['这张卡片不是发给你的', '这张卡片不是发给你的', '这张卡片已经失效'])
    expect(await cast.askOf(changeId)).toMatchObject({ verdict: null })
    expect((await copy()).card.version).toBe(1)
  })

  it('that another process is slow with is acknowledged without a card, and handled when it can be', async () => {
    const release = await hold(`SELECT pg_advisory_xact_lock(hashtextextended('dingtalk:zhaoqiang', 1))`)
    try {
      expect(await send(press())).toMatchObject({ status: 200, text: '{}' })
      expect(await stored()).toMatchObject([{ state: 'open' }])
    } finally {
      await release()
    }
    await sweepUntil(async () => (await stored())[0]?.state === 'done')
    // Nobody saw it: the ordinary update mends the card.
    expect(await copy()).toMatchObject({ shown: 1, card: { version: 2 } })
  })

  it('without a button of ours is parked, and acknowledged', async () => {
    expect(await send(press({ action: '' }))).toMatchObject({ status: 200, text: '{}' })
    expect(await stored()).toMatchObject([{ state: 'parked' }])
  })
})
