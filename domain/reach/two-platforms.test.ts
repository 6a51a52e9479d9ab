import { describe, expect, it } from 'vitest'
import { newId } from '../../lib/ids.js'
import { outletsOn, points, useReach } from '../../test/factories/reach.js'
import { at, DAY, HOUR, inWork } from '../../test/factories/work.js'
import { drawCard } from '../card/draw-card.js'
import { issueCard } from '../card/issue-card.js'
import { getActor } from '../person/actor.js'
import { findChats } from '../person/find-chats.js'
import { getReach } from './get-reach.js'
import { listTeam } from './list-team.js'
import { noteActive } from './note-active.js'
import { sayHabits } from './say-habits.js'
import { setBarred } from './set-barred.js'
import { tellUnreachable } from './tell-unreachable.js'
import { tryOne } from './try-one.js'

const bench = useReach()

describe('with DingTalk', () => {
  const account = (personId: string) => {
    const as = { platform: 'dingtalk', organisation: 'dingcorp', kind: 'member', value: newId() }
    return bench.db.identity.create({ data: { id: newId(), ...as, personId } })
  }
  const page = async () =>
    getReach(bench.db, await getActor(bench.db, bench.wang), {
      off: outletsOn,
      sendsCodes: false,
      points,
      now: at(DAY),
      machineNow: at(0),
    })
  const named = async () => (await page()).channels.map((one) => one.channel)
  const tries = () =>
    inWork(bench.db, (work) =>
      tryOne(work, { personId: bench.wang, set: { sms: true, mail: true }, machineNow: at(0), newToken: newId }),
    )

  it('each platform is a channel of those who have an account there', async () => {
    expect(await named()).toEqual(['wecom', 'sms', 'mail'])
    await account(bench.wang)
    expect(await named()).toEqual(['wecom', 'dingtalk', 'sms', 'mail'])
    expect(await page()).toMatchObject({ chats: ['wecom', 'dingtalk'], prefers: null })
    expect((await tries()).sort()).toEqual(['dingtalk', 'wecom'])
    await bench.db.identity.deleteMany({ where: { personId: bench.wang, platform: 'wecom' } })
    expect(await named()).toEqual(['dingtalk', 'sms', 'mail'])
  })

  it('one says where to be written to, of the places where one is', async () => {
    const say = (prefers: 'wecom' | 'dingtalk' | null) => inWork(bench.db, (work) => sayHabits(work, bench.wang, { prefers }))
    await expect(say('dingtalk')).rejects.toMatchObject({ code: 'no-account', status: 409 })
    await account(bench.wang)
    await say('dingtalk')
    expect(await page()).toMatchObject({ prefers: 'dingtalk' })
    expect((await findChats(bench.db, [bench.wang])).get(bench.wang)).toEqual(['dingtalk', 'wecom'])
    await say(null)
    expect(await page()).toMatchObject({ prefers: null })
  })

  it('what each platform says of a person stands by itself; a read message has arrived', async () => {
    await account(bench.wang)
    await inWork(bench.db, async (work) => {
      await sayHabits(work, bench.wang, { channel: 'dingtalk', saysOn: false })
      await setBarred(work, bench.wang, '不在应用可见范围')
    })
    const of = async (channel: string) => (await page()).channels.find((one) => one.channel === channel)
    expect(await of('wecom')).toMatchObject({ saysOn: null, standing: 'bad', why: '不在应用可见范围' })
    expect(await of('dingtalk')).toMatchObject({ saysOn: false, standing: 'bad', why: '他说通知关着' })
    await inWork(bench.db, (work) => sayHabits(work, bench.wang, { channel: 'dingtalk', saysOn: true }))
    await inWork(bench.db, (work) =>
      issueCard(work, { kind: 'try-one', subject: 'try:1', people: [bench.wang], route: [['dingtalk']] }),
    )
    await bench.db.cardCopy.updateMany({ data: { state: 'delivered', stateAt: at(0), reason: '对方已读' } })
    expect(await of('dingtalk')).toMatchObject({ standing: 'proved', facts: [{ word: '已送达', why: '钉钉说已读' }] })
  })

  it('who is in DingTalk alone and out of reach there is told of in its words', async () => {
    await account(bench.wang)
    await bench.db.identity.deleteMany({ where: { personId: bench.wang, platform: 'wecom' } })
    await inWork(bench.db, (work) => setBarred(work, bench.wang, '还没加入钉钉', 'dingtalk'))
    const [worst] = (await listTeam(bench.db, await bench.cast.actor('lina'), { off: outletsOn, now: at(0) })).people
    expect(worst).toMatchObject({ name: '王磊', todo: '请管理员看看他的钉钉账号，请他在「我的提醒渠道」登记手机号' })
    expect(worst?.channels.map((one) => one.channel)).toEqual(['dingtalk', 'sms', 'mail'])
    await inWork(bench.db, (work) => tellUnreachable(work, outletsOn), at(0))
    const card = await bench.db.card.findFirstOrThrow({ where: { kind: 'unreachable' } })
    expect((await drawCard(bench.db, card, at(0)))?.fields).toEqual([
      { label: '王磊', value: '还没加入钉钉；没有登记手机号；没有登记邮箱' },
    ])
    // Seen there since, he is not on it.
    await noteActive(bench.db, bench.wang, at(HOUR), 'dingtalk')
    expect(await drawCard(bench.db, card, at(HOUR))).toBeNull()
  })
})
