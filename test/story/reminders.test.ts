import { beforeAll, expect, it } from 'vitest'
import { openClient } from './client.js'
import { type Desk, openDesk } from './desk.js'
import { useScene } from './scene.js'

/** Nobody answers, and it is not forgotten. The rig's first day is a Monday, 10:00. */
const scene = useScene()
let desk: Desk
beforeAll(async () => {
  desk = await openDesk(scene)
})

const HOUR = 3_600_000
const DAY = 24 * HOUR
const MORE = 20_000 // what the ten seconds of the undo have put behind
const passes = (ms: number) => scene.rig.standin.advanceClock(ms)

async function captures(words: string) {
  await desk.customer('刘主任').says(words)
  await desk.sidebar.sees('疑似变更')
  await desk.sidebar.taps('捕获需求变更')
  await desk.sidebar.taps('保存')
  await desk.sidebar.sees('已捕获')
  await passes(10_000)
}
const reminderOf = (name: string) =>
  scene.rig.db.reminder.findFirstOrThrow({ where: { state: 'open', person: { name } }, orderBy: { id: 'desc' } })
async function labelsOfLastCard(userid: string): Promise<string[]> {
  const { cards } = await scene.rig.standin.state()
  const last = cards.filter((one) => one.userid === userid).at(-1)
  const buttons = (last?.replaced === null ? last.card.button_list : []) as { text: string }[] | undefined
  return buttons?.map((button) => button.text) ?? []
}

it('comes back after four hours to who has not answered, with buttons', async () => {
  await captures('交期改成下周五吧，数量加到300套')
  const zhao = desk.phone('赵强')
  await zhao.sees('待确认：仁济骨科医院')
  await desk.phone('孙悦').taps('没影响')
  await desk.phone('孙悦').sees('已由孙悦答复')
  await passes(4 * HOUR)
  await zhao.sees('仁济骨科医院还在等确认', '王磊已等4小时', '我来跟进', '转给…')
  await desk.shot('reminders, after four hours')
})

it('我来跟进 greys the card and is on the customer’s story', async () => {
  const zhao = desk.phone('赵强')
  await zhao.taps('我来跟进')
  await zhao.sees('赵强在跟进')
  await desk.sidebar.sees('经过', '提醒了赵强·仁济骨科医院还在等确认', '赵强来跟进')
  const { people } = await scene.rig.standin.state()
  expect(people.find(({ userid }) => userid === 'zhaoqiang')?.workbench).toMatchObject([
    { key: '待办', data: '1' },
    { key: '待答复' },
  ])
})

it('goes on to the manager at the end of the next working day', async () => {
  await passes(DAY + 4 * HOUR - MORE)
  const li = desk.phone('李娜')
  await passes(MORE * 2)
  await li.sees('仁济骨科医院还在等确认', '我来接手', '退回去跟')
  await desk.sidebar.sees('告诉了李娜')
  await desk.shot('reminders, the manager hears of it')
})

it('shows the whole ladder on one screen', async () => {
  const { id } = await reminderOf('赵强')
  const client = await openClient(scene, 'lina', { path: `/h5/reminder/${id}` })
  await client.sees(
    '仁济骨科医院还在等确认',
    '赵强负责',
    '先发了卡片',
    '第1次提醒',
    '赵强来跟进',
    '第2次，告诉上级',
    '李娜',
    '企业微信：已提交',
  )
  await client.sees('该说的都说过了', '我来接手', '退回去跟')
  await client.shot('reminders, the ladder')
  await client.close()
})

it('已处理 says how, and is settled by the manager’s word', async () => {
  const client = await openClient(scene, 'zhaoqiang', { path: '/h5/reminders' })
  await client.sees('我的待办', '仁济骨科医院还在等确认', '我来跟进')
  await client.taps(/^更多：仁济骨科医院/)
  await client.taps('已处理')
  await client.sees('怎么处理的？')
  await client.types('怎么处理的？', '电话里和刘主任确认了，300 套可以')
  await client.within('dialog', '已处理').taps('已处理')
  await client.sees('说已处理', '等上级确认')
  const li = desk.phone('李娜')
  await li.sees('赵强说已处理，请你确认', '电话里和刘主任确认了，300 套可以', '认可')
  await desk.shot('reminders, the manager is asked')
  await li.taps('认可')
  await li.sees('李娜已认可')
  await client.sees('一件不漏，都办完了')
  await client.shot('reminders, nothing waits')
  await client.taps('已了结')
  await client.sees('仁济骨科医院')
  await client.close()
})

it('can be put off twice, and a third time is not offered', async () => {
  await passes(15 * HOUR)
  await captures('再加50套空心钉，一起送')
  const zhao = desk.phone('赵强')
  await zhao.sees('再加50套空心钉')
  await desk.phone('孙悦').taps('没影响')
  await desk.phone('孙悦').sees('已由孙悦答复')
  await passes(4 * HOUR)
  for (const n of [1, 2]) {
    await scene.rig.waitFor(async () => (await labelsOfLastCard('zhaoqiang')).includes('1小时后'))
    await zhao.taps('1小时后')
    await scene.rig.waitFor(async () => (await reminderOf('赵强')).putOff === n)
    await passes(HOUR + MORE)
  }
  await scene.rig.waitFor(async () => (await labelsOfLastCard('zhaoqiang')).join() === '我来跟进,已处理,转给…')
  await desk.shot('reminders, put off twice')
})

it('is handed to a colleague, who gets the question itself', async () => {
  const zhao = desk.phone('赵强')
  await zhao.taps('转给…')
  await zhao.page.sees('转给谁', '周敏跟单')
  await zhao.page.types('找同事', '周')
  await zhao.page.taps(/^周敏/)
  await desk.shot('reminders, to whom')
  await zhao.page.taps('转给周敏')
  await zhao.page.sees('赵强（你）转给了周敏', '周敏负责')
  await zhao.closesPage()
  await desk.phone('周敏').sees('待确认：仁济骨科医院', '再加50套空心钉', '能做')
  await desk.phone('周敏').taps('能做')
  await desk.phone('周敏').sees('已由周敏答复：能做')
})

it('提醒我 takes two taps, rings at its moment and is ticked off', async () => {
  const { sidebar } = desk
  await sidebar.taps('提醒我')
  await sidebar.sees('点一个时间就记好了', '1小时后')
  await sidebar.types('提醒我什么', '给刘主任回电话')
  await desk.shot('reminders, remind me')
  await sidebar.taps(/^1 小时后/)
  await sidebar.sees('提醒你', '撤销')
  await passes(HOUR + 1_000)
  const wang = desk.phone('王磊')
  await wang.sees('给刘主任回电话', '办完了', '明早再说')
  await sidebar.sees('1待办')
  await wang.taps('办完了')
  await wang.sees('办完了：给刘主任回电话')
  await sidebar.seesNoMore('1待办')
})
