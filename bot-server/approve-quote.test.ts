import { afterAll, beforeAll, expect, it } from 'vitest'
import { toCardParams } from '../channels/dingtalk/card.js'
import { pageLinks } from '../channels/dingtalk/link.js'
import { toTemplateCard } from '../channels/wecom/card.js'
import { drawCard } from '../domain/card/draw-card.js'
import { askApproval } from '../domain/quote/ask-approval.js'
import { type Cast, createCast, organisation } from '../test/factories/cast.js'
import { keepLog } from '../test/factories/log.js'
import { makeProduct } from '../test/factories/products.js'
import { draftLine, writtenDraft } from '../test/factories/quote-drafts.js'
import { createDesk } from '../test/factories/quotes.js'
import { at, inWork, MINUTE, NOW } from '../test/factories/work.js'
import { freshDb } from '../test/setup/db.js'
import { loadDefinitions } from './definitions.js'
import { handleRow } from './handle-row.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let approvalId: string
beforeAll(async () => {
  database = await freshDb()
  cast = await createCast(database.db)
  const desk = createDesk(cast)
  const productId = await makeProduct(database.db, { name: '钢板', price: '113', cost: '90.4' })
  const draft = writtenDraft([draftLine({ productId, name: '钢板', qty: '10', price: '100' })])
  const quote = await desk.saves(await desk.drafts('wmRenji'), draft)
  const actor = await cast.actor('wanglei')
  approvalId = await inWork(database.db, (work) => askApproval(work, actor, { quoteId: quote.id, note: null }))
})
afterAll(() => database.close())

const drawn = async (kind = 'quote-approval') => {
  const card = await drawCard(database.db, { kind, subject: `quote-approval:${approvalId}` }, NOW)
  if (!card) throw new Error('nothing to say')
  return card
}
const page = (path: string) => `https://bulou.test${path}`

it('both platforms’ cards have the yes as a button of ours, the no and the quote as pages', async () => {
  const buttons = toTemplateCard(await drawn(), page).button_list
  expect(buttons).toMatchObject([
    { type: 0, text: '同意', key: 'approve-quote' },
    { type: 1, text: '退回' },
    { type: 1, text: '看报价' },
  ])
  expect(toCardParams(await drawn(), pageLinks('https://bulou.test'))).toMatchObject({
    ...{ title: '报价待审批：仁济骨科医院', has_buttons: 'true', b1_action: 'approve-quote', b2_action: '', b3: '看报价' },
    b2_url: expect.stringContaining('as%3Drefuse-quote'),
  })
})

it('a press on the card in the chat lets the quote pass; again, and by somebody else’s card, it does nothing', async () => {
  const copy = await database.db.cardCopy.findFirstOrThrow({ where: { card: { kind: 'quote-approval' } } })
  const definitions = await loadDefinitions()
  const needs = {
    ...{ definitions, organisations: { wecom: organisation, dingtalk: null }, publicUrl: 'https://bulou.test' },
    ...{ dataKey: 'k'.repeat(32), pullArchive: () => {}, log: keepLog().log },
  }
  const press = (userid: string, key: string) => {
    const body = `<xml><FromUserName>${userid}</FromUserName><CreateTime>${at(MINUTE).getTime() / 1000}</CreateTime><MsgType>event</MsgType><Event>template_card_event</Event><EventKey>approve-quote</EventKey><TaskId>${copy.id}</TaskId><ResponseCode>code-${key}</ResponseCode></xml>`
    const row = { seq: 0n, source: 'wecom', key, body, trace: 'test' }
    return inWork(database.db, (work) => handleRow(needs, work, row), at(MINUTE))
  }
  await expect(press('zhaoqiang', 'p0')).rejects.toMatchObject({ code: 'not-your-card' })
  for (const key of ['p1', 'p2']) await press('lina', key)
  expect(await database.db.quoteApproval.findUnique({ where: { id: approvalId } })).toMatchObject({
    ...{ state: 'approved', decidedById: await cast.personId('lina') },
  })
  expect(await database.db.auditEntry.count({ where: { verb: 'quote-approval-approve' } })).toBe(1)
  expect(toTemplateCard(await drawn(), page)).toMatchObject({ replace_text: '李娜已同意' })
  expect(toTemplateCard(await drawn('quote-decision'), page)).toMatchObject({ card_type: 'text_notice' })
})
