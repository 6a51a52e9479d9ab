import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../lib/ids.js'
import { tellBot } from '../test/factories/bot.js'
import { type Cast, quantity } from '../test/factories/cast.js'
import { AFTER_UNDO, type Chain, createChain } from '../test/factories/chain.js'
import { at, HOUR, MINUTE, NOW } from '../test/factories/work.js'
import { freshDb } from '../test/setup/db.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let chain: Chain
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  ;({ cast, chain } = await createChain(database.db))
})

/** One person's talk with the bot: the last answer, all lines of it. */
const talk =
  (userid: string) =>
  async (words: string, when = NOW): Promise<string> => {
    const answers = await tellBot(cast.db, userid, words, { at: when })
    expect(answers).toHaveLength(1)
    return answers[0] ?? ''
  }
const wang = talk('wanglei')
const chen = talk('chenjing')
const zhao = talk('zhaoqiang')
const lina = talk('lina')
/** The cards have reached those who are asked: from now on it counts. */
const arrived = () => cast.db.ask.updateMany({ data: { askedAt: AFTER_UNDO } })

/** A further customer of somebody, with one person to talk to. */
async function addCustomer(name: string, contact: string, rep = 'wanglei'): Promise<string> {
  const id = newId()
  await cast.db.customer.create({ data: { id, name, ownerId: await cast.personId(rep), createdAt: NOW } })
  await cast.db.contact.create({ data: { id: newId(), name: contact, customerId: id, createdAt: NOW } })
  return id
}

describe('openings and free wording', () => {
  it.each(['帮助', '？', '你都会干啥呀', '这个机器人怎么用'])('%s: what it can do', async (words) => {
    const answer = await wang(words)
    expect(answer).toContain('· 查 客户名：看看客户的近况')
    expect(answer).toContain('· 待办：看看有哪些变更在等你答复')
  })

  it('an administrator is shown the way to what was understood', async () => {
    expect(await talk('heping')('帮助')).toContain('https://bulou.test/h5/admin/findings')
    expect(await wang('帮助')).not.toContain('admin')
  })

  it.each(['我是谁', '你晓得我是哪个不', '我在系统里是什么角色'])('%s: who it takes me for', async (words) => {
    expect(await wang(words)).toBe('你是王磊，角色：销售。')
  })

  it.each(['待办', '有啥等着我回的没', '我还有几个没答复'])('%s: what waits for me', async (words) => {
    expect(await zhao(words, AFTER_UNDO)).toBe('没有在等你的事，放心忙别的。')
    await cast.captures('wmRenji')
    expect(await zhao(words, AFTER_UNDO)).toMatch(/^有 1 件事在等你：\n1\. 仁济骨科医院：.*（待确认）/)
  })

  it.each(['查 华强五金', '查华强', '华强现在啥情况', '黄老板那边怎么样了', '查华墙五金', '华强五金'])(
    '%s: one customer at a glance',
    async (words) => {
      await cast.says('wmHuaqiang', '老价格再确认下', { at: at(-HOUR) })
      const answer = await wang(words)
      expect(answer).toContain('华强五金 · 五金 · 王磊跟进\n联系人：黄老板')
      expect(answer).toContain('没有在等答复的变更')
      expect(answer).toContain('黄老板 09:00 「老价格再确认下」')
      expect(answer).toContain(`打开聊天页：https://bulou.test/h5/chat/${await cast.contactId('wmHuaqiang')}`)
    },
  )

  it.each(['需求 仁济', '需求仁济骨科医院', '仁济都改过啥', '刘主任最后定的多少套'])(
    '%s: the chain, with who answered what',
    async (words) => {
      const change = await cast.captures('wmRenji', { slots: [quantity('300套', '200套')] })
      await chain.answer('zhaoqiang', change, 'conditional', { note: '分两批' })
      await arrived()
      const answer = await wang(words, at(2 * HOUR, AFTER_UNDO))
      const { id, number } = await cast.requirement('wmRenji')
      expect(answer).toContain(
        `仁济骨科医院的需求\n\n需求 ${number} · 锁定钢板 7 孔 200 套\n现在：300 套，12月19日 周六交货，预算 8.5 万，到货验收后 30 天付款`,
      )
      expect(answer).toContain('1. 11月23日 数量 200 套 → 300 套；赵强：有条件（分两批）；等孙悦（已等 2 小时）')
      expect(answer).toContain(`全部经过：https://bulou.test/h5/requirement/${id}`)
    },
  )

  it('with nobody named, 需求 tells what of one’s own still waits', async () => {
    expect(await wang('需求')).toContain('没有在等答复的变更')
    await cast.captures('wmRenji', { slots: [quantity('300套', '200套')] })
    await cast.captures('wmJinhai', { by: 'chenjing' })
    await arrived()
    const answer = await wang('我提的变更有结果了吗', at(HOUR, AFTER_UNDO))
    expect(answer).toMatch(/1\. 仁济骨科医院 · 需求 \d+：数量 200 套 → 300 套，等赵强、孙悦（已等 1 小时）/)
    expect(answer).not.toContain('金海机电')
    expect(await lina('需求', at(HOUR, AFTER_UNDO))).toContain('金海机电')
  })

  it.each(['谢谢', '哈哈哈哈', '帮我订个会议室', '今天天气怎么样', '。。。'])('%s: is no command, and says so', async (words) => {
    expect(await wang(words)).toBe('这句我还没学会。发「帮助」看看我能做什么。')
  })

  it('does not take a wish that no command fulfils for one that some command does', async () => {
    for (const words of ['华强还差多少回款', '明天九点提醒我给华强打电话'])
      expect(await wang(words)).toBe('这句我还没学会。发「帮助」看看我能做什么。')
  })
})

describe('whose customer it is', () => {
  it.each(['查 金海机电', '查金海', '需求 金海机电'])('%s by another rep is not found, as if there were none', async (words) => {
    const theirs = await wang(words)
    expect(theirs).toMatch(/^没找到「金海(机电)?」/)
    expect((await wang(words.replace('金海', '不存在'))).replace('不存在', '金海')).toBe(theirs)
    expect(await chen(words)).toContain('金海机电')
    expect(await lina(words)).toContain('金海机电')
  })

  it('a customer who comes, who goes to a colleague, or who is renamed is known at the next word', async () => {
    expect(await wang('查 顺达物流')).toContain('没找到')
    const id = await addCustomer('顺达物流', '孙总')
    expect(await wang('查 顺达物流')).toContain('顺达物流 · 王磊跟进')
    await cast.db.customer.update({ where: { id }, data: { ownerId: await cast.personId('chenjing') } })
    expect(await wang('查 顺达物流')).toContain('没找到')
    expect(await chen('查 顺达物流')).toContain('顺达物流 · 陈静跟进')
    await cast.db.customer.update({ where: { id }, data: { name: '顺达供应链' } })
    expect(await chen('查 顺达供应链')).toContain('顺达供应链')
  })

  it('whose scope grows, sees more at once', async () => {
    expect(await zhao('查 金海机电')).toContain('没找到')
    await cast.db.person.update({ where: { id: await cast.personId('zhaoqiang') }, data: { roles: ['manager'] } })
    expect(await zhao('查 金海机电')).toContain('金海机电 · 五金 · 陈静跟进')
  })

  it('what an administrator reads of chats is on record; what a rep reads is not', async () => {
    await cast.says('wmRenji', '收到')
    await wang('查 仁济')
    expect(await cast.db.auditEntry.count({ where: { verb: 'chat-words-read' } })).toBe(0)
    await talk('heping')('查 仁济')
    const { id } = await cast.customer('wmRenji')
    expect(await cast.db.auditEntry.findMany({ where: { verb: 'chat-words-read' } })).toMatchObject([
      { actor: await cast.personId('heping'), subject: `customer:${id}` },
    ])
  })
})

describe('asking back', () => {
  it('a name that fits several is a choice, and the number is taken', async () => {
    await addCustomer('华强电子', '黄工')
    expect(await wang('查华强')).toBe(
      '「华强」有 2 家，是哪一家？\n1. 华强五金（黄老板，王磊跟进）\n2. 华强电子（黄工，王磊跟进）\n回复 1 到 2。',
    )
    expect(await wang('2')).toContain('华强电子 · 王磊跟进')
    // Who looked at the second may want the first as well.
    expect(await wang('第一个')).toContain('华强五金 · 五金')
    expect(await wang('3')).toBe('没有第 3 个，回复 1 到 2。')
  })

  it('of many, the first are offered and the others counted', async () => {
    for (let i = 1; i <= 7; i++) await addCustomer(`宁波${'一二三四五六七'[i - 1]}王机电`, '王总')
    const answer = await wang('查王总')
    expect(answer).toContain('「王总」有 7 家')
    expect(answer).toContain('还有 2 家没列出来')
    expect(answer).toContain('回复 1 到 5。')
  })

  it('what may mean two things is offered as two, and 1 or 2 does it', async () => {
    const answer = await wang('华强最近说了啥')
    expect(answer).toBe('你是想看看客户的近况（华强五金），还是看看需求改过什么、谁答复了（华强五金）？回复 1 或 2。')
    expect(await wang('２')).toContain('华强五金的需求')
    expect(await wang('选1吧')).toContain('华强五金 · 五金 · 王磊跟进')
  })

  it('two choices follow each other where both the wish and the customer are in doubt', async () => {
    await addCustomer('华强电子', '黄工')
    expect(await wang('华强最近说了啥')).toContain('还是看看需求改过什么')
    expect(await wang('1')).toMatch(/^你说的有 2 家，是哪一家？\n1\. 华强五金.*\n2\. 华强电子/)
    expect(await wang('2')).toContain('华强电子 · 王磊跟进')
  })

  it('an answer after ten minutes, or to nothing, is not guessed at', async () => {
    expect(await wang('1')).toBe('这会儿没有要你选的。发「帮助」看看我能做什么。')
    await addCustomer('华强电子', '黄工')
    await wang('查华强')
    expect(await wang('1', at(11 * MINUTE))).toContain('过了十分钟')
    expect(await wang('1', at(10 * MINUTE))).toContain('华强五金 · 五金')
  })

  it('whoever says something else has let the offer go, and each has their own', async () => {
    await addCustomer('华强电子', '黄工')
    await wang('查华强')
    expect(await chen('1')).toContain('没有要你选的')
    await wang('待办')
    expect(await wang('1')).toContain('没有要你选的')
  })

  it('what was offered and went to a colleague meanwhile is not shown', async () => {
    const id = await addCustomer('华强电子', '黄工')
    await wang('查华强')
    await cast.db.customer.update({ where: { id }, data: { ownerId: await cast.personId('chenjing') } })
    expect(await wang('2')).toBe('没找到这家客户，可能已经不归你跟进了。')
  })

  it('查 without a name asks for it, and takes the bare name that follows', async () => {
    expect(await wang('查')).toContain('哪家客户？')
    expect(await wang('黄老板')).toContain('华强五金 · 五金')
    await wang('查客户')
    expect(await wang('顺风顺水')).toContain('没找到「顺风顺水」')
    await wang('查')
    expect(await wang('待办')).toContain('没有在等你的事')
  })

  it('the same callback again, as WeCom repeats it, says nothing twice and changes nothing', async () => {
    await addCustomer('华强电子', '黄工')
    expect(await tellBot(cast.db, 'wanglei', '查华强', { key: 'once' })).toHaveLength(1)
    expect(await tellBot(cast.db, 'wanglei', '查华强', { key: 'once' })).toEqual([])
    expect(await tellBot(cast.db, 'wanglei', '1', { key: 'one' })).toHaveLength(1)
    expect(await tellBot(cast.db, 'wanglei', '1', { key: 'one' })).toEqual([])
  })
})
