import { describe, expect, it } from 'vitest'
import type { CopyState } from '../../lib/db.js'
import { newId } from '../../lib/ids.js'
import { outletsOn, points, useReach } from '../../test/factories/reach.js'
import { at, DAY, HOUR, MINUTE } from '../../test/factories/work.js'
import { getReach } from './get-reach.js'
import { noteActive } from './note-active.js'

const bench = useReach()
const { told } = bench

describe('how a channel stands', () => {
  const sent = async (state: CopyState, when: Date, { platform = 'wecom', reason = null as string | null } = {}) => {
    const card = await bench.db.card.create({ data: { id: newId(), kind: 'digest', subject: newId(), createdAt: when } })
    await bench.db.cardCopy.create({
      data: { id: newId(), cardId: card.id, personId: bench.wang, platform, state, reason, stateAt: when },
    })
  }
  const see = async (channel: 'wecom' | 'sms' | 'mail', when = at(DAY)) => {
    const needs = { off: outletsOn, sendsCodes: true, points, now: when, machineNow: when }
    const page = await getReach(bench.db, await bench.cast.actor('wanglei'), needs)
    const one = page.channels.find((each) => each.channel === channel)
    return [one?.standing, one?.why, one?.facts.map((fact) => fact.word)]
  }

  it('taken is not read: only a sign after it says more', async () => {
    expect(await see('wecom')).toEqual(['new', null, []])
    await sent('submitted', at(HOUR))
    expect(await see('wecom')).toEqual(['taken', null, ['已提交']])
    await noteActive(bench.db, bench.wang, at(2 * HOUR))
    expect(await see('wecom')).toEqual(['proved', null, ['已提交', '之后活跃']])
    await sent('submitted', at(3 * HOUR))
    expect(await see('wecom')).toEqual(['taken', null, ['已提交']])
  })

  it('a refusal stands until something speaks against it', async () => {
    await sent('failed', at(HOUR), { reason: 'message/send: 81013 不能送达 wanglei：没有接口许可' })
    expect(await see('wecom')).toEqual(['bad', '没有接口许可', ['没送达']])
    // They open a page: they are there, and cards still do not come.
    await noteActive(bench.db, bench.wang, at(2 * HOUR))
    expect(await see('wecom')).toEqual(['bad', '没有接口许可', ['没送达', '之后活跃']])
    await sent('submitted', at(3 * HOUR))
    expect(await see('wecom')).toEqual(['taken', null, ['已提交']])
  })

  it('five without a sign over a day’s work speak against it; four, or five in an hour, do not', async () => {
    for (let n = 0; n < 5; n += 1) await sent('submitted', at(n * 10 * MINUTE))
    expect(await see('wecom', at(HOUR))).toEqual(['taken', null, ['已提交']])
    expect(await see('wecom', at(DAY + 2 * HOUR))).toEqual(['bad', '连着 5 条都没有动静', ['已提交']])
    await noteActive(bench.db, bench.wang, at(5 * MINUTE))
    expect(await see('wecom', at(DAY + 2 * HOUR))).toEqual(['taken', null, ['已提交']])
  })

  it('without a proved number it is not on; a receipt proves, a bounce says so', async () => {
    expect(await see('sms')).toEqual(['off', '没有登记手机号', []])
    await told({ mobile: '13812345678', email: 'a@b.cn', bizMail: null })
    await sent('delivered', at(HOUR), { platform: 'sms' })
    expect(await see('sms')).toEqual(['proved', null, ['已送达']])
    await sent('failed', at(HOUR), { platform: 'mail', reason: 'smtp: 550 退信：邮箱不存在或拒收' })
    expect(await see('mail')).toEqual(['bad', '退信：邮箱不存在或拒收', ['退信']])
  })
})

it('signs of life are written once in five minutes', async () => {
  const seen = async () => (await bench.db.reach.findFirstOrThrow()).activeAt
  await noteActive(bench.db, bench.wang, at(0))
  await noteActive(bench.db, bench.wang, at(4 * MINUTE))
  expect(await seen()).toEqual(at(0))
  await noteActive(bench.db, bench.wang, at(6 * MINUTE))
  expect(await seen()).toEqual(at(6 * MINUTE))
})
