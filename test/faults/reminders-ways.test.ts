import { expect, it } from 'vitest'
import { sendsOf } from './look.js'
import { remindersAreRight, reminding } from './remind.js'
import { useStage } from './stage.js'

// A channel is away for long after three seconds in place of a quarter of an hour.
const stage = useStage({ env: { OUTBOX_STUCK_MS: '3000' } })
const { remind, noticesOf, copyOf, wayOf, waysOf, ways, tryNow, holdMouth, holdCopy } = reminding(stage)
const SEND = '/cgi-bin/message/send'
const SEND_SMS = '/SendSms'
const SOON = 1_500
const HOUR_MS = 3_600_000

const smsCalls = async (copyId: string) =>
  (await stage.rig.standin.calls(SEND_SMS)).filter((call) => (call.body as { OutId?: string }).OutId === copyId)

/** Nobody signs in from there. */
async function leaveRange(userid: string): Promise<void> {
  await stage.traffic.client(userid).signIn()
  await stage.rig.standin.range(userid, false)
}

it('the chat is away for an hour: what waits goes by text message, all of a lane and not only its head, and leaves when it is back', async () => {
  const { rig } = stage
  await rig.standin.fault({ path: SEND, mode: 'http', status: 503 })
  const taskIds = [await remind('wanglei', SOON), await remind('wanglei', SOON + 1_000)]
  const copies = await Promise.all(taskIds.map(copyOf))
  await rig.standin.advanceClock(HOUR_MS)
  const texts = await Promise.all(taskIds.map((taskId) => wayOf(taskId, 'sms')))
  const heard = await rig.waitFor(async () => (await rig.standin.state()).sms.find((sms) => sms.userid === 'wanglei'))
  expect(heard.text).toContain('请打开企业微信查看')
  expect(await Promise.all(taskIds.map(waysOf))).toMatchObject([{ wecom: 'queued' }, { wecom: 'queued' }])
  await rig.standin.clearFaults()
  // The operator lets one number have one a minute, and machine time can't be pushed, so the rows are.
  await rig.standin.advanceClock(61_000)
  await tryNow([...copies, ...texts])
  for (const taskId of taskIds) await ways(taskId, { wecom: 'submitted', sms: 'submitted' })
  for (const copy of copies) expect((await sendsOf(rig, copy.id)).filter((call) => call.accepted)).toHaveLength(1)
  for (const text of texts) expect((await smsCalls(text.id)).filter((call) => call.accepted)).toHaveLength(1)
})

it('the chat says that it is too much (45009): left alone for a minute, then said once', async () => {
  const { rig } = stage
  await rig.standin.fault({ path: SEND, mode: 'errcode', errcode: 45009, times: 1 })
  const taskId = await remind('heping', SOON)
  const copy = await copyOf(taskId)
  const row = await rig.waitFor(() =>
    rig.db.outbox.findFirst({ where: { key: `send-card:${copy.id}`, reason: { contains: '45009' } } }),
  )
  expect(row.retryAt?.getTime()).toBeGreaterThan(Date.now() + 20_000)
  await tryNow([copy])
  await ways(taskId, { wecom: 'submitted' })
  expect((await sendsOf(rig, copy.id)).filter((call) => call.accepted)).toHaveLength(1)
})

it('out of range, and no phone and no mail is known: each way says why not', async () => {
  const { rig } = stage
  await leaveRange('zhoumin')
  const taskId = await remind('zhoumin', SOON)
  await ways(taskId, { wecom: 'failed', sms: 'off', mail: 'off' })
  const [notice] = await noticesOf(taskId)
  for (const copy of notice?.card?.copies ?? []) expect(copy.reason).toMatch(/[一-龥]/)
  await rig.standin.range('zhoumin', true)
})

it('out of range, and the operator’s answer is lost: never repeated, shown, and mail goes in its place', async () => {
  const { rig } = stage
  await leaveRange('zhaoqiang')
  await rig.standin.fault({ path: SEND_SMS, mode: 'drop-after', times: 1 })
  const taskId = await remind('zhaoqiang', SOON)
  await ways(taskId, { wecom: 'failed', sms: 'unknown', mail: 'submitted' })
  const text = await wayOf(taskId, 'sms')
  expect(text.reason).toContain('结果未知')
  expect(await smsCalls(text.id)).toHaveLength(1)
  await rig.standin.range('zhaoqiang', true)
})

it('out of range, and the operator is down for long: mail goes meanwhile, the text when the operator is back', async () => {
  const { rig } = stage
  await leaveRange('sunyue')
  await rig.standin.fault({ path: SEND_SMS, mode: 'errcode', code: 'isp.GATEWAY_ERROR' })
  const taskId = await remind('sunyue', SOON)
  await ways(taskId, { wecom: 'failed', sms: 'queued', mail: 'submitted' })
  await rig.standin.clearFaults()
  await tryNow([await wayOf(taskId, 'sms')])
  await ways(taskId, { sms: 'submitted' })
  await rig.standin.range('sunyue', true)
})

it('out of range, and the carrier reports that the text did not arrive: mail goes then', async () => {
  const { rig } = stage
  await leaveRange('heping')
  await rig.standin.phone('heping', 'fails')
  const taskId = await remind('heping', SOON)
  await ways(taskId, { wecom: 'failed', sms: 'submitted' })
  await rig.waitFor(async () => (await rig.standin.state()).sms.find((sms) => sms.userid === 'heping')?.status === 'failed')
  await rig.standin.advanceClock(61_000)
  await ways(taskId, { sms: 'failed', mail: 'submitted' })
  await rig.standin.phone('heping', 'on')
  await rig.standin.range('heping', true)
})

it('a text message whose receipt was lost with the worker is never repeated: it says so, and mail goes in its place', async () => {
  const { rig } = stage
  await leaveRange('zhaoqiang')
  await rig.standin.advanceClock(61_000) // one text message a minute
  await rig.standin.fault({ path: '/SendSms', mode: 'slow', ms: 4_000, times: 1 })
  const taskId = await remind('zhaoqiang', SOON)
  const text = await wayOf(taskId, 'sms')
  const receipt = await holdCopy(text.id)
  await receipt.waits()
  await rig.workers[0]?.kill()
  await receipt.release()
  await rig.workers[0]?.start()
  await ways(taskId, { wecom: 'failed', sms: 'unknown', mail: 'submitted' })
  expect(await smsCalls(text.id)).toHaveLength(1)
  await rig.standin.range('zhaoqiang', true)
})

it('the worker dies between «cannot be reached» and passing on: neither stays, then both happen, and one text goes out', async () => {
  const { rig } = stage
  await leaveRange('chenjing')
  const mouth = await holdMouth()
  const taskId = await remind('chenjing', SOON)
  const copy = await copyOf(taskId)
  const failing = await holdCopy(copy.id)
  await mouth.release()
  await failing.waits()
  await rig.workers[0]?.kill()
  await failing.release()
  expect(await waysOf(taskId)).toEqual({ wecom: 'queued' })
  await rig.workers[0]?.start()
  await ways(taskId, { wecom: 'failed', sms: 'submitted' })
  expect((await rig.standin.state()).sms.filter((sms) => sms.userid === 'chenjing')).toHaveLength(1)
  await rig.standin.range('chenjing', true)
})

remindersAreRight(stage)
