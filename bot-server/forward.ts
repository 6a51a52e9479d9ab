import { keepOffer, type Offered } from '../domain/bot/offer.js'
import { getForward } from '../domain/forward/find-forward.js'
import { keepForward } from '../domain/forward/keep-forward.js'
import { findContactOf, listLikely } from '../domain/forward/list-likely.js'
import { settleForward } from '../domain/forward/settle-forward.js'
import type { PasteResult } from '../domain/message/message.contract.js'
import type { Actor } from '../domain/person/actor.js'
import type { Role } from '../domain/person/person.contract.js'
import type { Work } from '../domain/work.js'
import { Refused } from '../lib/errors.js'
import type { PersonCtx } from './define.js'
import { keepPaste } from './paste.js'
import { quote } from './quote.js'
import { sayChange } from './say-change.js'

/** Who captures; for the others the robot has no use of a customer's words. */
const CAPTURE: Role[] = ['rep', 'lead', 'manager', 'admin']

type ForwardOffer = Extract<Offered, { kind: 'forward' }>

/**
 * A customer's words passed on to the robot: kept, and asked whose they are. `named`: customers that the words name. False
 * when this isn't for whoever said it, or not the place: in a group everybody would read whom we work with.
 */
export async function offerForward(ctx: PersonCtx, { words, named }: { words: string; named: string[] }): Promise<boolean> {
  const { work, actor } = ctx
  if (!ctx.alone || !CAPTURE.some((role) => actor.roles.includes(role))) return false
  const likely = await listLikely(work.tx, actor, { named, now: work.now })
  if (likely.length === 0) return false
  const forwardId = await keepForward(work, actor, { text: words, sourceKey: ctx.key })
  await keepOffer(work, actor.personId, { kind: 'forward', forwardId, customerIds: likely.map((one) => one.id) })
  const lines = likely.map(({ name, contactName }, i) => `${i + 1}. ${name}${contactName === name ? '' : `（${contactName}）`}`)
  const choose = lines.length > 1 ? `回复 1 到 ${lines.length}` : '是就回复 1'
  await ctx.say(
    [`${quote(words)}这是哪位客户说的？`, ...lines, `${choose}，别的客户点这里选：${ctx.pageUrl(pathOf(forwardId))}`].join('\n'),
  )
  return true
}

/** The number, or the name, that came back. What was answered stays on offer: a slip of the thumb is put right by another. */
export async function answerForward(ctx: PersonCtx, offer: ForwardOffer, customerId: string | undefined): Promise<void> {
  if (!customerId)
    return ctx.say(`没有这一个，回复 1 到 ${offer.customerIds.length}，或者点这里选：${ctx.pageUrl(pathOf(offer.forwardId))}`)
  const { customerName, contactId, result } = await placeForward(ctx.work, ctx.actor, { id: offer.forwardId, customerId })
  if (result.kind === 'who-spoke')
    return ctx.say(
      `这段里有好几个人说话，点开告诉我哪几位是客户：${ctx.pageUrl(`${pathOf(offer.forwardId)}?customer=${customerId}`)}`,
    )
  if (result.messageIds.length === 0)
    return ctx.say(`这段话已经在${customerName}那里了，打开看：${ctx.pageUrl(`/h5/chat/${contactId}`)}`)
  const page = ctx.pageUrl(`/h5/chat/${contactId}?capture=${result.messageIds.join(',')}`)
  await ctx.say(`记到${customerName}了${await whatChanges(ctx.work, result.messageIds)}。点开看一眼，一下就存成变更：${page}`)
}

const pathOf = (forwardId: string) => `/h5/forward/${forwardId}`

async function whatChanges(work: Work, messageIds: string[]): Promise<string> {
  const rows = await work.tx.message.findMany({ where: { id: { in: messageIds } }, select: { finding: true } })
  const found = rows.flatMap((row) => (row.finding as { change: boolean; slots: never[]; types: string[] } | null) ?? [])
  const changed = found.filter((one) => one.change)
  if (changed.length === 0) return ''
  return `：${sayChange({ slots: changed.flatMap((one) => one.slots), types: changed.flatMap((one) => one.types) }, work.now)}`
}

type Placed = { customerName: string; contactId: string; result: PasteResult }
type Place = { id: string; customerId: string; contactId?: string | undefined; customerNames?: string[] | undefined }

/** Whose words they are is said: they become messages as a paste does. Still open when it must be asked who spoke. */
export async function placeForward(work: Work, actor: Actor, { id, customerId, ...told }: Place): Promise<Placed> {
  const { text } = await getForward(work.tx, actor, { id, now: work.now })
  const found = await findContactOf(work.tx, actor, customerId)
  if (!found) throw new Refused('no-contact', '这家还没有联系人，先在客户页里加一位', 409)
  const contactId = told.contactId ?? found.contactId
  const names = told.customerNames ? { customerNames: told.customerNames } : {}
  const result = await keepPaste(work, actor, { contactId, text, ...names })
  if (result.kind === 'saved') await settleForward(work, actor, id)
  return { customerName: found.name, contactId, result }
}
