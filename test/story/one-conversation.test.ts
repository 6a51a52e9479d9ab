import { beforeAll, expect, it } from 'vitest'
import { setResponders } from './admin.js'
import { type Desk, openDesk } from './desk.js'
import { useScene } from './scene.js'

const scene = useScene()
let desk: Desk
beforeAll(async () => {
  desk = await openDesk(scene)
})

const WORDS = '交期改成下周五吧，数量加到300套'
const HOUR_MS = 3_600_000
const tenSecondsPass = () => scene.rig.standin.advanceClock(10_000)
const sent = () => scene.rig.standin.calls('/cgi-bin/message/send')

it('shows what the customer just said, and what was found in it, without a reload', async () => {
  const { sidebar } = desk
  await sidebar.sees('刘主任', '仁济骨科医院', '会话存档已开', '收到，院里流程走完了')
  await desk.shot('desk, first look')
  await sidebar.marks()
  await desk.customer('刘主任').says(WORDS)
  await sidebar.sees(WORDS, /交期从1[12]月\d+日→改成1[12]月\d+日周五/, '数量 从 200 套 → 改成 300 套')
  await sidebar.sees('疑似变更 · 功能增减、交付时间调整')
  expect(await sidebar.isMarked()).toBe(true)
  await desk.shot('desk, a change was found')
})

it('captures it in two taps: type, requirement and evidence are chosen already', async () => {
  const { sidebar } = desk
  await sidebar.taps('捕获需求变更')
  expect(await sidebar.isChosen(/^功能增减/)).toBe(true)
  expect(await sidebar.isChosen(/^交付时间调整/)).toBe(true)
  expect(await sidebar.isChosen(/^预算范围变动/)).toBe(false)
  expect(await sidebar.isChosen(/锁定钢板 7 孔 200 套/)).toBe(true)
  expect(await sidebar.isChosen('新需求')).toBe(false)
  expect(await sidebar.isChosen(new RegExp(WORDS))).toBe(true)
  expect(await sidebar.isChosen(/收到，院里流程走完了/)).toBe(false)
  await desk.shot('desk, the capture sheet')
  await sidebar.taps('保存')
  await sidebar.sees('已捕获，10 秒内可撤销', /撤销(10|9|8)/, '功能增减、交付时间调整', '刚捕获')
  await desk.shot('desk, just captured')
  await sidebar.sees(/撤销[1-5](?!\d)/)
  expect(await sent()).toEqual([])
})

it('asks pre-sales and product once the ten seconds are over', async () => {
  await desk.phone('赵强').sees('待确认：仁济骨科医院', WORDS, '锁定钢板 200 套 → 300 套', '能做', '有条件', '做不了')
  await desk.phone('孙悦').sees('影响评估：仁济骨科医院', WORDS, '没影响', '有影响')
  await desk.sidebar.sees('赵强 售前 待确认', '孙悦 产品 影响评估', /等(赵强、孙悦|孙悦、赵强)答复/)
  const change = await scene.rig.db.requirementChange.findFirstOrThrow()
  expect(change.undoUntil.getTime() - change.capturedAt.getTime()).toBe(10_000)
  const { cards } = await scene.rig.standin.state()
  for (const card of cards) expect(Date.parse(card.sentAt)).toBeGreaterThanOrEqual(change.undoUntil.getTime())
  await desk.shot('desk, colleagues are asked')
})

it('takes a condition in words on a page of one line', async () => {
  const zhao = desk.phone('赵强')
  await zhao.taps('有条件')
  await zhao.page.sees('待确认', '仁济骨科医院', WORDS, '什么条件？')
  expect(await zhao.page.isChosen('有条件')).toBe(true)
  await desk.shot('phone, the page of one line')
  await zhao.page.types('什么条件？', '300 套要分两批')
  await zhao.page.taps('最快下下周')
  expect(await zhao.page.hasTyped('什么条件？')).toBe('300 套要分两批，最快下下周')
  await zhao.page.taps('答复「有条件」')
  await zhao.page.sees('赵强答复了「有条件」', '「300 套要分两批，最快下下周」')
  await desk.shot('phone, answered')
  await zhao.page.taps('关掉这一页')
  await zhao.sees('已由赵强答复：有条件')
  await zhao.seesNoMore('做不了')
})

it('takes 没影响 with one press on the card', async () => {
  const sun = desk.phone('孙悦')
  await sun.taps('没影响')
  await sun.sees('已由孙悦答复：没影响')
  await sun.seesNoMore('有影响')
})

it('tells the rep who answered what and after how long, and drafts the reply', async () => {
  await desk.sidebar.sees(
    /赵强售前·确认有条件(用了)?不到1分钟/,
    '「300 套要分两批，最快下下周」',
    /孙悦产品·影响评估没影响(用了)?不到1分钟/,
  )
  await desk.sidebar.sees('都答复了')
  await desk.phone('王磊').sees('赵强：有条件', '300 套要分两批，最快下下周', '孙悦：没影响', '用时')
  await desk.shot('desk, everybody has answered')
})

it('puts the reply into the chat after the rep has changed a word', async () => {
  const { sidebar } = desk
  const draft = await sidebar.hasTyped(/回复客户的话/)
  expect(draft).toMatch(/300 套.*300 套要分两批，最快下下周/)
  const reply = `刘主任，${draft}`
  await sidebar.types(/回复客户的话/, reply)
  await sidebar.taps('放进聊天')
  await desk.chat.sees(reply)
  await sidebar.sees('已放进聊天', '已回复客户')
  await sidebar.seesNoMore('回复客户的话，看一眼再发')
  await desk.shot('desk, the reply stands in the chat')
})

it('keeps the whole chain behind one tap, with the original words', async () => {
  const { sidebar } = desk
  await sidebar.taps(/^需求 1 · .*次变更/)
  await sidebar.sees('变更经过', '第 1 步 · 王磊 捕获', WORDS, /原话存证[0-9a-f]{8}/)
  await sidebar.sees(/赵强售前·确认有条件(用了)?不到1分钟/, /孙悦产品·影响评估没影响/, '300 套')
  await desk.shot('sidebar, the chain')
  await sidebar.taps('返回')
  await sidebar.sees('最近办完的')
})

it('tells the manager too when it can not be done', async () => {
  const { sidebar } = desk
  await desk.customer('刘主任').says('院里预算砍了，总价要压到8万以内')
  await sidebar.sees(/疑似变更·.*预算范围变动/)
  await sidebar.taps('捕获需求变更')
  await sidebar.taps('保存')
  await sidebar.sees('已捕获')
  await tenSecondsPass()
  const zhao = desk.phone('赵强')
  await zhao.sees('总价要压到8万以内', '8.5 万 → 8 万')
  await zhao.taps('做不了')
  await zhao.page.taps('价格守不住')
  await zhao.page.taps('答复「做不了」')
  await zhao.page.sees('赵强答复了「做不了」', '「价格守不住」')
  await zhao.closesPage()
  await desk.phone('李娜').sees('赵强：做不了', '仁济骨科医院', '价格守不住')
  await desk.phone('王磊').sees('赵强：做不了', '价格守不住')
  await sidebar.sees('做不了，要和客户谈')
  const draft = await sidebar.hasTyped(/回复客户的话/)
  expect(draft).toMatch(/8 ?万.*做不了，价格守不住/)
  await desk.shot('desk, it can not be done')
  await sidebar.taps('放进聊天')
  await desk.chat.sees(draft)
})

it('lets the first of two holders of a role answer, and puts the old card of the other right when it is pressed', async () => {
  const { rig } = scene
  const sun = await rig.db.identity.findFirstOrThrow({ where: { kind: 'member', value: 'sunyue' } })
  await rig.db.person.update({ where: { id: sun.personId ?? '' }, data: { roles: ['pre-sales', 'product'] } })
  await setResponders(scene, (rows) =>
    rows.map((row) => (row.productLine === '医疗器械' && row.purpose === 'confirm' ? { ...row, person: null } : row)),
  )
  await desk.customer('刘主任').says('再加50套空心钉，一起送')
  await desk.sidebar.sees('疑似变更 · 功能增减')
  await desk.sidebar.taps('捕获需求变更')
  await desk.sidebar.taps('保存')
  await desk.sidebar.sees('已捕获')
  await tenSecondsPass()
  await desk.phone('赵强').sees('再加50套空心钉')
  // The same person twice is one card: she is asked to confirm, and not to assess as well.
  await desk.phone('孙悦').sees('再加50套空心钉', '能做')
  expect((await desk.phone('孙悦').text()).match(/再加50套空心钉/g)).toHaveLength(1)

  // After three days no card can be changed silently any more.
  await rig.standin.advanceClock(73 * HOUR_MS)
  await desk.phone('赵强').taps('能做')
  await desk.phone('赵强').sees('已由赵强答复：能做')
  await desk.sidebar.sees(/能做(用了)?3天/)
  expect(await desk.sidebar.hasTyped(/回复客户的话/)).toMatch(/50 套.*(没问题|可以)/)
  await desk.phone('孙悦').taps('做不了')
  await desk.phone('孙悦').page.sees('赵强答复了「能做」')
  await desk.phone('孙悦').closesPage()
  await desk.phone('孙悦').taps('能做')
  await desk.phone('孙悦').sees('已由赵强答复：能做')
  await desk.shot('desk, an old card was put right')
})
