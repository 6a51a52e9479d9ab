import { expect, it } from 'vitest'
import { family, signalAll } from '../rig/family.js'
import { hold } from './hold.js'
import { copiesOf, delivered, handled, sendsOf, textsOf, troubled } from './look.js'
import { booksAreRight, useStage } from './stage.js'

const stage = useStage()
const renji = { rep: 'wanglei', externalUserId: 'wmRenji' }
const huaqiang = { rep: 'wanglei', externalUserId: 'wmHuaqiang' }
const UNDO_OVER_MS = 11_000
const SEND = '/cgi-bin/message/send'
const CHANGE = '/cgi-bin/message/update_template_card'

/** A capture whose time to undo is over; the copy that goes to one colleague. */
async function asked(userid: string, chat = renji) {
  const { rig, traffic } = stage
  const changeId = await traffic.capture(chat)
  const copy = (await copiesOf(rig, changeId)).find((one) => one.userid === userid)
  if (!copy) throw new Error(`${userid} was not asked`)
  return { ...copy, overUndo: () => rig.standin.advanceClock(UNDO_OVER_MS) }
}

it('the server dies while it stores a callback: the platform tells it again, and it is stored once', async () => {
  const { rig } = stage
  const lock = await hold(rig, 'LOCK TABLE inbox_key IN EXCLUSIVE MODE')
  const { callbackId } = await rig.standin.memberWrites('heping', '帮助')
  await lock.waits()
  await rig.servers[0]?.kill()
  await lock.release()
  await rig.servers[0]?.start()
  const { callback } = await handled(rig, callbackId)
  expect(callback.attempts.length).toBeGreaterThan(1)
  await rig.waitFor(async () => (await textsOf(rig, 'heping')).length === 1)
})

it('the server dies in the middle of handling a press: nothing of it stays, then all of it happens once', async () => {
  const { rig } = stage
  const copy = await asked('zhaoqiang')
  await copy.overUndo()
  await delivered(rig, `send-card:${copy.id}`)
  const lock = await hold(rig, `SELECT 1 FROM ask WHERE id = '${copy.ask.id}' FOR UPDATE`)
  const { callbackId } = await rig.standin.press({ userid: 'zhaoqiang', taskId: copy.id, key: 'confirm-can' })
  await lock.waits()
  await rig.servers[0]?.kill()
  expect((await rig.db.ask.findUniqueOrThrow({ where: { id: copy.ask.id } })).verdict).toBeNull()
  await lock.release()
  await rig.servers[0]?.start()
  await handled(rig, callbackId)
  expect(await rig.db.ask.findUniqueOrThrow({ where: { id: copy.ask.id } })).toMatchObject({ verdict: 'can' })
  expect(await rig.db.auditEntry.count({ where: { subject: `ask:${copy.ask.id}` } })).toBe(1)
})

it('the server dies while it captures: the rep taps again, and one change is on the chain', async () => {
  const { rig, traffic } = stage
  const before = await rig.db.requirementChange.count()
  const lock = await hold(rig, 'SELECT 1 FROM requirement FOR UPDATE')
  const capturing = traffic.capture(renji)
  await lock.waits()
  await rig.servers[0]?.kill()
  await lock.release()
  await rig.servers[0]?.start()
  await capturing
  expect(await rig.db.requirementChange.count()).toBe(before + 1)
})

it('the worker dies between the platform’s yes and our commit: sent again under the same task_id, one card on the phone', async () => {
  const { rig } = stage
  const copy = await asked('sunyue')
  const lock = await hold(rig, `SELECT 1 FROM card_copy WHERE id = '${copy.id}' FOR UPDATE`)
  await copy.overUndo()
  await rig.waitFor(async () => (await sendsOf(rig, copy.id)).length === 1, { ms: 60_000 })
  await lock.waits()
  await rig.workers[0]?.kill()
  await lock.release()
  await rig.workers[0]?.start()
  const row = await delivered(rig, `send-card:${copy.id}`)
  expect(row).toMatchObject({ attempts: 2, unknowns: 1 })
  expect(await sendsOf(rig, copy.id)).toMatchObject([
    { accepted: true, deduplicated: false },
    { accepted: true, deduplicated: true },
  ])
  const { cards } = await rig.standin.state()
  expect(cards.filter((card) => card.taskId === copy.id)).toHaveLength(1)
})

it('the worker dies while the platform hangs: after its lease the call is made again', async () => {
  const { rig } = stage
  await rig.standin.fault({ path: SEND, mode: 'hang', times: 1 })
  const { callbackId } = await rig.standin.memberWrites('zhoumin', '我是谁')
  await troubled(rig)
  await rig.workers[0]?.kill()
  await rig.workers[0]?.start()
  const { row } = await handled(rig, callbackId)
  const [said] = await rig.db.outbox.findMany({ where: { trace: row.trace } })
  expect(await delivered(rig, said?.key ?? '')).toMatchObject({ attempts: 2, unknowns: 1 })
  expect(await textsOf(rig, 'zhoumin')).toEqual(['你是周敏，角色：跟单。'])
})

it('the line is cut after the platform took a card: sent again, and shown once', async () => {
  const { rig } = stage
  const copy = await asked('zhoumin', huaqiang)
  await rig.standin.fault({ path: SEND, mode: 'drop-after', times: 1 })
  await copy.overUndo()
  expect(await delivered(rig, `send-card:${copy.id}`)).toMatchObject({ attempts: 2, unknowns: 1 })
  expect((await sendsOf(rig, copy.id)).map((call) => call.deduplicated)).toEqual([false, true])
})

it('the card says something else when it is sent again: the platform knows its task_id, and that is a yes', async () => {
  const { rig } = stage
  const copy = await asked('zhoumin', huaqiang)
  await rig.standin.fault({ path: SEND, mode: 'drop-after', times: 1 })
  await rig.standin.fault({ path: SEND, mode: 'errcode', errcode: -1, times: 1 })
  await copy.overUndo()
  await rig.waitFor(async () => (await sendsOf(rig, copy.id)).length === 1, { ms: 60_000 })
  await rig.db.customer.updateMany({ where: { name: '华强五金' }, data: { name: '华强五金（新）' } })
  expect(await delivered(rig, `send-card:${copy.id}`)).toMatchObject({ unknowns: 1 })
  expect((await sendsOf(rig, copy.id)).map((call) => call.errcode)).toEqual([0, 42014])
  // With the code lost, the next click brings another and puts the card right.
  await rig.standin.press({ userid: 'zhoumin', taskId: copy.id, key: 'confirm-can' })
  await rig.waitFor(async () => (await rig.standin.state()).cards.find((card) => card.taskId === copy.id)?.buttonsDisabled, {
    ms: 60_000,
  })
})

it('the line is cut after a card was changed: the spent code is taken for a yes, and it changed once', async () => {
  const { rig } = stage
  const copy = await asked('zhaoqiang')
  await copy.overUndo()
  await delivered(rig, `send-card:${copy.id}`)
  await rig.standin.fault({ path: CHANGE, mode: 'drop-after', times: 1 })
  const { callbackId, responseCode } = await rig.standin.press({ userid: 'zhaoqiang', taskId: copy.id, key: 'confirm-can' })
  await handled(rig, callbackId)
  const [change] = await rig.db.outbox.findMany({ where: { kind: 'update-card', key: { contains: copy.id } } })
  expect(await delivered(rig, change?.key ?? '')).toMatchObject({ attempts: 2, unknowns: 1, receipt: { outcome: 'code-used' } })
  const calls = (await rig.standin.calls(CHANGE)).filter(
    (call) => (call.body as { response_code: string }).response_code === responseCode,
  )
  expect(calls.map((call) => call.errcode)).toEqual([0, 42022])
  const card = (await rig.standin.state()).cards.find((one) => one.taskId === copy.id)
  expect(card).toMatchObject({ version: 2, buttonsDisabled: true })
})

it('the worker dies between pulling the archive and keeping it: the cursor was never ahead, every message is there once', async () => {
  const { rig, traffic } = stage
  await rig.waitFor(async () => (await rig.db.archiveCursor.count()) === 1)
  const lock = await hold(rig, 'SELECT 1 FROM archive_cursor FOR UPDATE')
  const { id } = await rig.standin.customerSays({ ...renji, text: '交期改成下周五吧' })
  await traffic.openChat(renji)
  await lock.waits()
  await rig.workers[0]?.kill()
  await lock.release()
  const inbox = await rig.db.inbox.count({ where: { source: 'wecom-archive' } })
  expect((await rig.db.archiveCursor.findUniqueOrThrow({ where: { source: 'wecom' } })).seq).toBe(BigInt(inbox))
  await rig.workers[0]?.start()
  await rig.waitFor(() => rig.db.message.findUnique({ where: { sourceKey: `wecom:${id}` } }), { ms: 60_000 })
})

it('the archive’s child is killed in the middle of a pull: the worker starts another', async () => {
  const { rig, traffic } = stage
  const worker = rig.workers[0]?.pid() ?? 0
  await rig.standin.fault({ path: '/__finance/chatdata', mode: 'hang', times: 1 })
  const { id } = await rig.standin.customerSays({ ...huaqiang, text: '数量加到320套' })
  await traffic.openChat(huaqiang)
  await troubled(rig)
  signalAll(
    family(worker).filter((pid) => pid !== worker),
    'SIGKILL',
  )
  await traffic.openChat(huaqiang)
  await rig.waitFor(() => rig.db.message.findUnique({ where: { sourceKey: `wecom:${id}` } }), { ms: 90_000 })
  expect(rig.workers[0]?.pid()).toBe(worker)
})

booksAreRight(stage)
