import { beforeAll, expect, it } from 'vitest'
import { type Desk, openDesk } from './desk.js'
import { useScene } from './scene.js'

const scene = useScene()
let desk: Desk
beforeAll(async () => {
  desk = await openDesk(scene)
})

const sentTo = async () =>
  (await scene.rig.standin.calls('/cgi-bin/message/send')).map(({ body }) => (body as { touser: string }).touser)

it('asks the order desk once where it confirms and stands in for purchasing', async () => {
  const { sidebar } = desk
  await desk.customer('黄老板').says('膨胀螺栓改成500套，下下周五前送到')
  await sidebar.sees('华强五金', '五金', '疑似变更', '从 200 套 → 改成 500 套')
  await sidebar.taps('捕获需求变更')
  await sidebar.taps('保存')
  await sidebar.sees('已捕获')
  await scene.rig.standin.advanceClock(10_000)
  await desk.phone('周敏').sees('待确认：华强五金', '膨胀螺栓 200 套 → 500 套', '能做')
  await sidebar.sees('周敏 跟单 待确认', '等周敏答复')
  await desk.phone('周敏').taps('能做')
  await desk.phone('周敏').sees('已由周敏答复：能做')
  await sidebar.sees(/周敏跟单·确认能做/)
  expect(await sidebar.hasTyped(/回复客户的话/)).toMatch(/500 套.*月\d+日/)
  await desk.phone('王磊').sees('周敏：能做')
  expect(await sentTo()).toEqual(['zhoumin', 'wanglei'])
  await desk.shot('desk, hardware')
})

it('asks the lead about a price', async () => {
  const { sidebar } = desk
  await desk.customer('黄老板').says('账期能不能改成月结45天')
  await sidebar.sees(/疑似变更·(预算范围变动|其他)/, /账期从月结30天→改成月结45天/)
  await sidebar.taps('捕获需求变更')
  await sidebar.taps('保存')
  await sidebar.sees('已捕获')
  await scene.rig.standin.advanceClock(10_000)
  await desk.phone('李娜').sees('待确认：华强五金', '月结45天', '能做')
  expect((await sentTo()).filter((userid) => userid === 'lina')).toHaveLength(1)
})

it('reminds whoever has not answered when the clock is pushed', async () => {
  await desk.all.taps('+1天')
  await desk.phone('李娜').sees('华强五金还在等确认')
  await desk.sidebar.sees(/已等1天/)
  await desk.chat.sees('昨天')
  await desk.shot('desk, a day later')
})

it('answers what colleagues write to the app', async () => {
  const li = desk.phone('李娜')
  await li.says('待办')
  await li.sees('有 1 件事在等你：1. 华强五金：')
  await li.says('帮助')
  await li.sees('你可以对我说：', '· 待办：', '· 我是谁：', '客户改了需求？')
  await li.says('我是谁')
  await li.sees('你是李娜，角色：销售经理、主管。')
  await li.says('在吗')
  await li.sees('这句我还没学会。发「帮助」看看我能做什么。')
  await desk.shot('phone, the app answers')
})

it('shows another rep their own customers only', async () => {
  await desk.page.getByLabel('正在看谁的企业微信').first().selectOption({ label: '陈静 · 销售' })
  await desk.sidebar.sees('金经理', '金海机电', '六角螺栓的检测报告一起寄过来')
  await desk.customers.sees('陈静的客户', '金经理')
  await desk.customers.seesNoMore('黄老板', '刘主任')
})
