import { beforeEach, describe, expect, it } from 'vitest'
import type { Cast } from '../../test/factories/cast.js'
import { now, said, useDingtalkCallbacks } from '../../test/factories/dingtalk-callbacks.js'
import { pushRobot } from '../../test/factories/dingtalk-push.js'

const bench = useDingtalkCallbacks()
const { send, stored, sweepUntil } = bench
let cast: Cast

describe('what is said to the robot', () => {
  beforeEach(async () => {
    cast = await bench.castInDingtalk({ zhaoqiang: 'ZhaoQiang' })
  })
  const answers = async () => (await bench.db.outbox.findMany({ where: { kind: 'send-text' } })).map((row) => row.payload)
  const handled = () => sweepUntil(async () => (await bench.db.inbox.count({ where: { state: 'open' } })) === 0)

  it('is stored, and answered alone where it was said', async () => {
    expect(await send(pushRobot({ ...said, msgId: 'm/1' }, now))).toMatchObject({ status: 200, text: '{}' })
    await send(pushRobot({ ...said, msgId: 'm/1' }, now))
    expect(await stored()).toMatchObject([{ source: 'dingtalk-robot', key: 'dingtalk:robot:m/1' }])
    await handled()
    const [answer, ...more] = await answers()
    expect(more).toEqual([])
    expect(answer).toMatchObject({
      personId: await cast.personId('zhaoqiang'),
      platform: 'dingtalk',
      session: expect.any(String),
    })
    expect(answer).not.toHaveProperty('group')
    // Whoever has the session may speak as the robot.
    expect(JSON.stringify(answer)).not.toContain('s-1')
    expect(await bench.db.reach.findFirst({ where: { channel: 'dingtalk' } })).toMatchObject({ activeAt: now })
  })

  const group = { conversationType: '2', conversationId: 'cidG', conversationTitle: '项目群', msgId: 'm2' }
  it('in a group is answered in the group, by the same address as events', async () => {
    expect((await send({ ...pushRobot({ ...said, ...group }, now), path: '/callback/dingtalk' })).status).toBe(200)
    await handled()
    expect(await answers()).toMatchObject([{ group: 'cidG', platform: 'dingtalk' }])
  })

  it('in a group, about customers, is answered alone: nobody there reads of customers that are not theirs', async () => {
    await send(pushRobot({ ...said, ...group, text: { content: ' 待办' } }, now))
    await handled()
    const [answer, told, ...more] = await answers()
    expect(answer).toMatchObject({ personId: await cast.personId('zhaoqiang'), platform: 'dingtalk' })
    expect(answer).not.toHaveProperty('group')
    expect(answer).not.toHaveProperty('session')
    expect(told).toMatchObject({ group: 'cidG', text: '赵强，单独发给你了。' })
    expect(more).toEqual([])
  })

  it('as a picture is answered in words', async () => {
    await send(pushRobot({ senderStaffId: 'ZhaoQiang', msgtype: 'picture', content: { downloadCode: 'd' }, msgId: 'm3' }, now))
    await handled()
    expect(await answers()).toMatchObject([{ text: '图片我还看不了，把要说的打成字发给我吧。' }])
  })

  it('by a member whose userid differs in case alone is said by somebody else', async () => {
    await send(pushRobot({ ...said, senderStaffId: 'zhaoqiang', msgId: 'm4' }, now))
    await handled()
    const [answer] = (await answers()) as { personId: string }[]
    expect(answer?.personId).not.toBe(await cast.personId('zhaoqiang'))
  })

  it('by a stranger is answered there, once a day, and makes nobody of them', async () => {
    const people = await bench.db.person.count()
    for (const msgId of ['m5', 'm6']) await send(pushRobot({ text: { content: '在吗' }, msgId }, now))
    await send(pushRobot({ text: { content: '在吗' }, msgId: 'm7', senderId: '$:L:$other', sessionWebhook: undefined }, now))
    await handled()
    expect(await stored()).toMatchObject([{ state: 'done', reason: null }, { state: 'done' }, { state: 'done' }])
    const told = await bench.db.outbox.findMany({ where: { kind: 'answer-stranger' } })
    expect(told.map((row) => row.payload)).toMatchObject([{ text: expect.stringContaining('认不出你') }])
    expect(JSON.stringify(told[0]?.payload)).not.toContain('s-1')
    expect(await bench.db.person.count()).toBe(people)
  })
})
