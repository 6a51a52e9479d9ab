import { beforeEach, describe, expect, it } from 'vitest'
import { noteCopy } from '../domain/card/pass-on.js'
import { redrawCard } from '../domain/card/redraw-card.js'
import type { ChatPlatform } from '../domain/person/person.contract.js'
import { answerAsk } from '../domain/requirement/answer-ask.js'
import { correctChange } from '../domain/requirement/correct-change.js'
import { newId } from '../lib/ids.js'
import { organisation } from '../test/factories/cast.js'
import { refusal, useDelivery } from '../test/factories/delivery.js'
import { createPhone } from '../test/factories/phone.js'
import { at, DAY, inWork, MINUTE, SECOND } from '../test/factories/work.js'

const bench = useDelivery()
let dingtalk: ReturnType<typeof createPhone>
let zhao: string
/** 赵强 has both; whom he chooses is the test's. */
beforeEach(async () => {
  dingtalk = createPhone()
  bench.other = dingtalk
  zhao = (await bench.db.person.findFirstOrThrow({ where: { name: '赵强' } })).id
  await bench.db.$executeRaw`TRUNCATE card, card_copy, reminder, reach CASCADE`
  await bench.db.identity.deleteMany({ where: { personId: zhao } })
  const member = { kind: 'member', personId: zhao }
  await bench.db.identity.createMany({
    data: [
      { id: newId(), platform: 'wecom', organisation, value: 'zhaoqiang', ...member },
      { id: newId(), platform: 'dingtalk', organisation: 'dingcorp', value: 'Ding_Zhao', ...member },
    ],
  })
})

const chooses = (prefers: ChatPlatform) => bench.db.person.update({ where: { id: zhao }, data: { prefers } })
const saysIn = (platform: ChatPlatform) => (platform === 'wecom' ? bench.phone : dingtalk)
async function isAsked(): Promise<string> {
  const change = await bench.cast.captures('wmRenji')
  await bench.db.outbox.deleteMany({ where: { NOT: { kind: 'send-card' } } })
  bench.now = at(11 * SECOND)
  await bench.work()
  return change
}
const copies = async () =>
  (await bench.db.cardCopy.findMany({ where: { personId: zhao }, orderBy: { id: 'asc' } })).map(
    (copy) => `${copy.platform} ${copy.state}`,
  )
const workAt = async (ms: number) => {
  bench.now = at(ms)
  await bench.work()
}

describe.each([
  ['wecom', 'dingtalk', 'zhaoqiang', 'Ding_Zhao'],
  ['dingtalk', 'wecom', 'Ding_Zhao', 'zhaoqiang'],
] as const)('somebody who uses %s', (chosen, other, account, otherAccount) => {
  beforeEach(() => chooses(chosen))

  it('is asked there, under the account that they have there', async () => {
    await isAsked()
    expect(saysIn(chosen).cards.map((card) => card.to)).toContain(account)
    expect(saysIn(other).cards.map((card) => card.to)).not.toContain(otherAccount)
  })

  it.each(['give-up', 'quota'] as const)('refused there (%s): the card comes by the other one at once', async (kind) => {
    saysIn(chosen).before = async (_call, to) => {
      if (to === account) throw refusal(kind)
    }
    await isAsked()
    await bench.work()
    expect(saysIn(other).cards.map((card) => card.to)).toContain(otherAccount)
    expect(await copies()).toEqual([`${chosen} ${kind === 'quota' ? 'off' : 'failed'}`, `${other} submitted`])
  })

  it('answered in one, it turns grey in the other', async () => {
    const change = await isAsked()
    const copy = await bench.db.cardCopy.findFirstOrThrow({ where: { personId: zhao } })
    // A receipt came late that it had not arrived: the other platform got it too.
    await inWork(bench.db, (work) => noteCopy(work, copy.id, { state: 'failed', reason: '…' }), bench.now)
    await bench.db.cardCopy.update({ where: { id: copy.id }, data: { state: 'submitted' } })
    await bench.work()
    const [actor, ask] = await Promise.all([bench.cast.actor('zhaoqiang'), bench.cast.askOf(change)])
    await inWork(bench.db, (work) => answerAsk(work, actor, { askId: ask.id, verdict: 'can', note: null }), at(MINUTE))
    await workAt(MINUTE + 4 * SECOND)
    for (const phone of [bench.phone, dingtalk])
      expect(phone.updates.filter(({ to }) => to === account || to === otherAccount)).toMatchObject([
        { card: { settled: expect.stringMatching(/赵强.*能做/), buttons: [] } },
      ])
  })
})

describe('a card in DingTalk', () => {
  beforeEach(() => chooses('dingtalk'))
  const copyOf = () => bench.db.cardCopy.findFirstOrThrow({ where: { personId: zhao, platform: 'dingtalk' } })
  const redraw = async (now: Date) => {
    const { cardId } = await copyOf()
    await inWork(bench.db, (work) => redrawCard(work, cardId), now)
  }

  it('is changed as often as it is needed, without a code, three seconds after what changed it', async () => {
    await isAsked()
    for (const minute of [1, 2]) {
      await redraw(at(minute * MINUTE))
      await workAt(minute * MINUTE + 2 * SECOND)
      expect(dingtalk.updates).toHaveLength(minute - 1)
      await workAt(minute * MINUTE + 3 * SECOND)
      expect(dingtalk.updates).toHaveLength(minute)
    }
    expect(dingtalk.updates).toMatchObject([{ to: 'Ding_Zhao' }, { to: 'Ding_Zhao' }])
    expect(await copyOf()).toMatchObject({ shown: 3, code: null })
  })

  it('needs no call where the answer to a press has shown it', async () => {
    await isAsked()
    await redraw(at(MINUTE))
    await bench.db.cardCopy.updateMany({ where: { platform: 'dingtalk' }, data: { shown: 2 } })
    await workAt(MINUTE + 3 * SECOND)
    expect(dingtalk.updates).toEqual([])
  })

  it('whose first try did arrive, its answer lost: what it says is brought up to date', async () => {
    dingtalk.before = async (call) => {
      if (call === 'sendCard') throw refusal('already-sent')
    }
    await isAsked()
    await workAt(MINUTE)
    expect(dingtalk.updates).toMatchObject([{ to: 'Ding_Zhao' }])
    expect(await copyOf()).toMatchObject({ state: 'submitted', shown: 1 })
  })

  it('is not changed before it left, and says then what holds', async () => {
    await bench.cast.captures('wmRenji')
    await redraw(at(SECOND))
    expect(await bench.db.outbox.count({ where: { kind: 'update-card' } })).toBe(0)
  })

  it.each([
    ['a message, read or not, is taken back', 'key-1', 1],
    ['a card is changed and not taken back', 'accepted', 0],
  ])('withdrawn: %s', async (_, handle, recalls) => {
    const change = await isAsked()
    await bench.db.cardCopy.updateMany({ where: { personId: zhao }, data: { handle, state: 'delivered' } })
    const actor = await bench.cast.actor('wanglei')
    await inWork(bench.db, (work) => correctChange(work, actor, change, { types: ['其他'], slots: [], note: '' }), at(MINUTE))
    await workAt(2 * MINUTE)
    expect(dingtalk.recalls).toHaveLength(recalls)
    expect(dingtalk.updates).toMatchObject([{ card: { settled: expect.any(String) } }])
  })

  it('when the month is used up is changed the day after', async () => {
    await isAsked()
    await redraw(at(MINUTE))
    dingtalk.before = async () => {
      throw refusal('quota')
    }
    await workAt(MINUTE + 3 * SECOND)
    expect(await copyOf()).toMatchObject({ shown: 1 })
    dingtalk.before = async () => {}
    await workAt(DAY + 2 * MINUTE)
    expect(await copyOf()).toMatchObject({ shown: 2 })
  })
})

it('who has DingTalk alone when the month is used up: it is tried again each day, and arrives', async () => {
  await bench.db.identity.deleteMany({ where: { platform: 'wecom', kind: 'member', personId: zhao } })
  dingtalk.before = async () => {
    throw refusal('quota')
  }
  await isAsked()
  const nothing = ['dingtalk off', 'sms off', 'mail off']
  for (const day of [0, 2]) {
    await workAt(day * DAY + MINUTE)
    expect(await copies()).toEqual(nothing)
  }
  dingtalk.before = async () => {}
  await workAt(4 * DAY)
  expect(dingtalk.cards.map((card) => card.to)).toEqual(['Ding_Zhao'])
  expect(await copies()).toEqual(['dingtalk submitted', ...nothing.slice(1)])
})

it('and not where a text message has brought it meanwhile', async () => {
  await bench.db.identity.deleteMany({ where: { platform: 'wecom', kind: 'member', personId: zhao } })
  dingtalk.before = async () => {
    throw refusal('quota')
  }
  await isAsked()
  await bench.db.cardCopy.updateMany({ where: { personId: zhao, platform: 'sms' }, data: { state: 'submitted' } })
  dingtalk.before = async () => {}
  await workAt(2 * DAY)
  expect(dingtalk.cards).toEqual([])
})

it('switched off since: its copies say so and go by the other', async () => {
  await chooses('dingtalk')
  bench.other = null
  await isAsked()
  await bench.work()
  expect(await copies()).toEqual(['dingtalk off', 'wecom submitted'])
  const copy = await bench.db.cardCopy.findFirstOrThrow({ where: { personId: zhao, platform: 'dingtalk' } })
  expect(copy.reason).toBe('没有接通钉钉')
})

describe('a text', () => {
  const say = (platform?: ChatPlatform) => bench.say('答', { about: { personId: zhao, ...(platform ? { platform } : {}) } })

  it('is said where it was asked, else in the chat that the person uses', async () => {
    await chooses('wecom')
    await say('dingtalk')
    await say()
    await bench.work()
    expect([dingtalk.texts, bench.phone.texts]).toMatchObject([[{ to: 'Ding_Zhao' }], [{ to: 'zhaoqiang' }]])
  })

  it('goes by the other chat when the month of that one is used up', async () => {
    dingtalk.before = async () => {
      throw refusal('quota')
    }
    await say('dingtalk')
    await bench.work()
    expect(bench.phone.texts).toMatchObject([{ to: 'zhaoqiang', text: '答' }])
  })
})
