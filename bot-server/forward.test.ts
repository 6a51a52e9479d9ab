import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { keepForward } from '../domain/forward/keep-forward.js'
import { newId } from '../lib/ids.js'
import { tellBot } from '../test/factories/bot.js'
import type { Cast } from '../test/factories/cast.js'
import { createChain } from '../test/factories/chain.js'
import { at, DAY, HOUR, inWork, MINUTE, NOW } from '../test/factories/work.js'
import { freshDb } from '../test/setup/db.js'
import { readForward } from './read-forward.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.$executeRaw`TRUNCATE forward, bot_offer CASCADE`
  ;({ cast } = await createChain(database.db))
  await cast.says('wmHuaqiang', '老价格就行', { at: at(-HOUR) })
})

const talk =
  (userid: string) =>
  async (words: string, when = NOW): Promise<string> => {
    const answers = await tellBot(cast.db, userid, words, { at: when })
    expect(answers).toHaveLength(1)
    return answers[0] ?? ''
  }
const wang = talk('wanglei')
const SAID = '数量加到300套，下周五前能到吗'
const heardOf = (external: string, words: string) => async () =>
  cast.db.message.count({ where: { contactId: await cast.contactId(external), text: words, speaker: 'customer' } })

describe('words that are a customer’s', () => {
  it.each([
    SAID,
    '价格能不能再便宜点',
    '再来200箱膨胀螺栓，老价格',
    '刘主任 2026/11/20 14:03\n收到\n\n王磊 2026/11/20 14:05\n好的',
  ])('%s', (words) => expect(readForward(words, NOW)).toEqual({ words, told: false }))
  it.each(['转 明天过来看货', '记：明天过来看货', '转发，明天过来看货', '记一下 明天过来看货'])('%s: told so', (words) =>
    expect(readForward(words, NOW)).toEqual({ words: '明天过来看货', told: true }),
  )
  it.each(['你好', '谁还没答复', '华强五金怎么样了', '今天要做什么', '转给李娜', '记得提醒我', '收到'])('%s: not', (words) =>
    expect(readForward(words, NOW)).toBeNull(),
  )
})

describe('passed on to the robot', () => {
  it('is asked whose it is, and by one number stands with that customer, one tap from being captured', async () => {
    const asked = await wang(SAID)
    expect(asked).toMatch(/^「数量加到300套，下周五前能到吗」这是哪位客户说的？\n1\. 华强五金（黄老板）\n2\. /)
    const [kept] = await cast.db.forward.findMany()
    expect(asked).toContain(`https://bulou.test/h5/forward/${kept?.id}`)
    expect(kept).toMatchObject({ text: SAID, personId: await cast.personId('wanglei'), usedAt: null })

    const done = await wang('1')
    const contactId = await cast.contactId('wmHuaqiang')
    const message = await cast.db.message.findFirstOrThrow({ where: { contactId, text: SAID } })
    expect(done).toMatch(/^记到华强五金了：/)
    expect(done).toContain(`https://bulou.test/h5/chat/${contactId}?capture=${message.id}`)
    expect((await cast.db.forward.findFirstOrThrow()).usedAt).not.toBeNull()
    expect(await cast.db.requirementChange.count()).toBe(0)
  })

  it('names the customer that the words name first, and takes a name for an answer', async () => {
    expect(await wang('仁济骨科医院的数量改成300套')).toMatch(/\n1\. 仁济骨科医院（刘主任）\n2\. 华强五金/)
    expect(await wang('华强五金')).toMatch(/^记到华强五金了/)
    expect(await heardOf('wmHuaqiang', '仁济骨科医院的数量改成300套')()).toBe(1)
  })

  it('a copied run goes to the customer with its names and times, and asks on the page who is who', async () => {
    await wang('黄老板 2026/11/20 09:12:03\n螺栓改成500套\n\n王磊 2026/11/20 09:13:10\n收到')
    expect(await wang('1')).toMatch(/^记到华强五金了/)
    expect(await heardOf('wmHuaqiang', '螺栓改成500套')()).toBe(1)
    await wang('阿强 2026/11/20 09:12:03\n这批再加100套\n\n林工 2026/11/20 09:13:10\n收到')
    const contactId = await cast.contactId('wmHuaqiang')
    expect(await wang('1')).toMatch(new RegExp(`点开告诉我哪几位是客户：.*\\?contact=${contactId}$`))
    expect(await cast.db.forward.count({ where: { usedAt: null } })).toBe(1)
  })

  it('the same message is kept once, the same words are no second message, and a slip is put right', async () => {
    for (const _ of [1, 2]) await tellBot(cast.db, 'wanglei', SAID, { key: 'robot-1' })
    expect(await cast.db.forward.count()).toBe(1)
    await wang('1')
    expect(await wang('1')).toMatch(/^这段话已经在华强五金那里了/)
    expect(await heardOf('wmHuaqiang', SAID)()).toBe(1)
    expect(await wang('2')).toMatch(/^记到仁济骨科医院了/)
    expect(await wang('9')).toMatch(/^没有这一个/)
  })

  it('nothing is lost when nobody answers, and nothing is kept for ever', async () => {
    await wang(SAID)
    expect(await wang('1', at(11 * MINUTE))).toMatch(/过了十分钟/)
    expect(await cast.db.forward.count({ where: { usedAt: null } })).toBe(1)
    const actor = await cast.actor('wanglei')
    await inWork(cast.db, (work) => keepForward(work, actor, { text: '再加一箱', sourceKey: newId() }), at(8 * DAY))
    expect((await cast.db.forward.findMany()).map((row) => row.text)).toEqual(['再加一箱'])
  })

  it.each([
    '锁定钢板数量改成300套，交期提前到下周五',
    '仁济骨科医院的数量改成300套',
    '把数量改成300套',
    '交期改成下周五吧，数量加到300套',
    '付款改成月结60天',
    '预算只有8万了',
    '加急，下周三要',
    '再加50套空心钉',
    '小王，螺栓改成500套',
    '膨胀螺栓先不要了',
  ])('%s: asked whose', async (words) => expect(await wang(words)).toMatch(/这是哪位客户说的？/))

  it.each([
    '查一下仁济',
    '还有什么没回',
    '谁还没答复',
    '仁济那边有什么变化',
    '华强的需求都有哪些',
    '待办',
    '我是谁',
    '今天要做什么',
    '华强五金怎么样了',
    '仁济的交期改过没有',
  ])('%s: a command, or nothing that we know', async (words) => expect(await wang(words)).not.toMatch(/哪位客户/))

  it('is kept for who has no customer yet, with the way to one', async () => {
    const answer = await talk('newrep')(SAID)
    expect(answer).toMatch(/像是客户的话，我先替你留着.*新客户/)
    const [kept] = await cast.db.forward.findMany()
    expect(answer).toContain(`/h5/forward/${kept?.id}`)
  })

  it('whoever was added and is of no customer yet can have said it too', async () => {
    const contactId = newId()
    await cast.db.contact.create({ data: { id: contactId, name: '沈工', createdAt: NOW } })
    await cast.db.follow.create({ data: { contactId, personId: await cast.personId('chenjing'), since: NOW } })
    expect(await talk('chenjing')('沈工说数量加到300套')).toMatch(/\n1\. 沈工\n2\. 金海机电/)
    expect(await talk('chenjing')('1')).toMatch(/^记到沈工了/)
  })

  it('shows nobody a customer that isn’t theirs, and asks nobody who doesn’t capture', async () => {
    expect(await talk('chenjing')(SAID)).not.toMatch(/华强五金|仁济/)
    expect(await talk('zhaoqiang')(SAID)).toMatch(/^这句我还没学会/)
    expect(await cast.db.forward.count({ where: { personId: await cast.personId('zhaoqiang') } })).toBe(0)
  })

  it('what is asked for a customer is not what the customer asked', async () => {
    for (const words of ['给华强做份报价', '帮黄老板订200箱螺栓']) expect(await wang(words)).not.toMatch(/哪位客户/)
    expect(await wang('转 给华强做份报价')).toMatch(/哪位客户/)
  })

  it('a command stays a command', async () => {
    expect(await wang('查 华强五金')).toMatch(/华强五金/)
    expect(await wang('待办')).not.toMatch(/哪位客户/)
    expect(await cast.db.forward.count()).toBe(0)
  })
})
