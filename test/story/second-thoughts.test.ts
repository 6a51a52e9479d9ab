import { beforeAll, expect, it } from 'vitest'
import { type Desk, openDesk } from './desk.js'
import { useScene } from './scene.js'

const scene = useScene()
let desk: Desk
beforeAll(async () => {
  desk = await openDesk(scene)
})

const sent = () => scene.rig.standin.calls('/cgi-bin/message/send')
const tenSecondsPass = () => scene.rig.standin.advanceClock(10_000)
const changes = () => scene.rig.db.requirementChange.findMany({ orderBy: { capturedAt: 'asc' } })

it('takes a capture back within ten seconds, and nobody is told', async () => {
  const { sidebar } = desk
  await sidebar.sees('收到，院里流程走完了')
  await desk.customer('刘主任').says('交期改成下周五吧，数量加到300套')
  await sidebar.sees('疑似变更')
  await sidebar.taps('捕获需求变更')
  await sidebar.taps('保存')
  await sidebar.sees('已捕获，10 秒内可撤销', '正在推进')
  await sidebar.taps(/^撤销/)
  await sidebar.sees('已撤销', '疑似变更', '需求 1 · 锁定钢板 7 孔 200 套', '没变过')
  await sidebar.seesNoMore('正在推进')
  await desk.shot('sidebar, undone')
  await tenSecondsPass()
})

it('makes one change of a double tap', async () => {
  const { sidebar } = desk
  await sidebar.taps('捕获需求变更')
  expect(await sidebar.isChosen(/锁定钢板 7 孔 200 套/)).toBe(true)
  await sidebar.tapsTwice('保存')
  await sidebar.sees('已捕获，10 秒内可撤销')
  await tenSecondsPass()
  await desk.phone('赵强').sees('待确认：仁济骨科医院', '200 套 → 300 套')
  await desk.phone('孙悦').sees('影响评估：仁济骨科医院')
  const [undone, captured, ...more] = await changes()
  expect(more).toEqual([])
  expect(captured?.requirementId).toBe(undone?.requirementId)
  expect([undone?.undoneAt, captured?.undoneAt]).toEqual([expect.any(Date), null])
  // The two cards of the second capture are all that ever went out: the first was heard of by nobody.
  expect(await sent()).toHaveLength(2)
})

it('says so when it is too late to undo', async () => {
  const { page } = desk
  const frame = page.frames().find((each) => each.url().includes('/h5/'))
  const [, captured] = await changes()
  const refused = await frame?.evaluate(async (id) => {
    const body = JSON.stringify({ requestId: crypto.randomUUID() })
    const headers = { 'content-type': 'application/json' }
    const res = await fetch(`/api/changes/${id}/undo`, { method: 'POST', headers, body })
    return { status: res.status, ...((await res.json()) as { error: { words: string } }) }
  }, captured?.id)
  expect(refused).toMatchObject({ status: 409, error: { words: '已经通知同事了，撤不回来。可以点「更正」' } })
  scene.browser.takeTroubles()
})

it('corrects with a further step, and the old cards say so', async () => {
  const { sidebar } = desk
  await sidebar.taps(/^需求 1 · .*次变更/)
  await sidebar.sees('第 2 步', '第 1 步')
  await sidebar.taps('记错了？更正')
  await sidebar.sees('更正第 2 步', '原来的记录不会被改掉', '写一句为什么更正')
  await sidebar.within('group', '数量').types('改成', '320套')
  await sidebar.types('为什么更正', '客户电话里改口，要 320 套')
  await desk.shot('sidebar, the correction sheet')
  await sidebar.taps('保存更正')
  await sidebar.sees('第 3 步', '更正第 2 步', '客户电话里改口，要 320 套', '第 3 步已更正', '320 套')
  await desk.shot('sidebar, a corrected chain')
  await desk.phone('赵强').sees('已更正，请看新的卡片')
  await desk.phone('孙悦').sees('已更正，请看新的卡片')
  await tenSecondsPass()
  await desk.phone('赵强').sees('200 套 → 320 套', '能做')
  await desk.phone('赵强').taps('能做')
  await desk.phone('赵强').sees('已由赵强答复：能做')
  await sidebar.sees(/赵强售前·确认能做/)
})
