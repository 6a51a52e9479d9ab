import { keepOffer, type Offered } from '../domain/bot/offer.js'
import { getForward } from '../domain/forward/find-forward.js'
import type { LikelySpeaker } from '../domain/forward/forward.contract.js'
import { keepForward } from '../domain/forward/keep-forward.js'
import { findSpeaker, findSpeakerOf, listLikely } from '../domain/forward/list-likely.js'
import { settleForward } from '../domain/forward/settle-forward.js'
import { finding, type PasteResult } from '../domain/message/message.contract.js'
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
  const likely = await listLikely(work.tx, actor, { words, named, now: work.now })
  const forwardId = await keepForward(work, actor, { text: words, sourceKey: ctx.key })
  if (likely.length === 0) {
    await ctx.say(
      `${quote(words)}像是客户的话，我先替你留着。你名下还没有客户：加上外部联系人或好友后，在「新客户」里点一下就有了，再来这里选：${ctx.pageUrl(pathOf(forwardId))}`,
    )
    return true
  }
  await keepOffer(work, actor.personId, { kind: 'forward', forwardId, contactIds: likely.map((one) => one.contactId) })
  const choose = likely.length > 1 ? `回复 1 到 ${likely.length}` : '是就回复 1'
  await ctx.say(
    [
      `${quote(words)}这是哪位客户说的？`,
      ...likely.map((one, i) => `${i + 1}. ${nameOf(one)}`),
      `${choose}，别的客户点这里选：${ctx.pageUrl(pathOf(forwardId))}`,
    ].join('\n'),
  )
  return true
}

const nameOf = ({ customer, contactName }: LikelySpeaker): string =>
  !customer || customer.name === contactName ? contactName : `${customer.name}（${contactName}）`

/** Who was chosen: by the number, or by a customer's name. */
type Chosen = { contactId?: string | undefined; customerId?: string | undefined }

/** What was answered stays on offer: a slip of the thumb is put right by another. */
export async function answerForward(ctx: PersonCtx, offer: ForwardOffer, chosen: Chosen): Promise<void> {
  const page = ctx.pageUrl(pathOf(offer.forwardId))
  if (!chosen.contactId && !chosen.customerId)
    return ctx.say(`没有这一个，回复 1 到 ${offer.contactIds.length}，或者点这里选：${page}`)
  const { speaker, result } = await placeForward(ctx.work, ctx.actor, { id: offer.forwardId, ...chosen })
  const { contactId } = speaker
  const whose = speaker.customer?.name ?? speaker.contactName
  if (result.kind === 'who-spoke') return ctx.say(`这段里有好几个人说话，点开告诉我哪几位是客户：${page}?contact=${contactId}`)
  if (result.messageIds.length === 0)
    return ctx.say(`这段话已经在${whose}那里了，打开看：${ctx.pageUrl(`/h5/chat/${contactId}`)}`)
  const capture = ctx.pageUrl(`/h5/chat/${contactId}?capture=${result.messageIds.join(',')}`)
  await ctx.say(`记到${whose}了${await whatChanges(ctx.work, result.messageIds)}。点开看一眼，一下就存成变更：${capture}`)
}

const pathOf = (forwardId: string) => `/h5/forward/${forwardId}`

async function whatChanges(work: Work, messageIds: string[]): Promise<string> {
  const rows = await work.tx.message.findMany({ where: { id: { in: messageIds } }, select: { finding: true } })
  const changed = rows.flatMap((row) => {
    const read = finding.safeParse(row.finding)
    return read.success && read.data.change ? [read.data] : []
  })
  if (changed.length === 0) return ''
  return `：${sayChange({ slots: changed.flatMap((one) => one.slots), types: changed.flatMap((one) => one.types) }, work.now)}`
}

type Placed = { speaker: LikelySpeaker; result: PasteResult }
type Place = { id: string; customerNames?: string[] | undefined } & Chosen

/** Whose words they are is said: they become messages as a paste does. Still open when it must be asked who spoke. */
export async function placeForward(
  work: Work,
  actor: Actor,
  { id, contactId, customerId, customerNames }: Place,
): Promise<Placed> {
  const { text } = await getForward(work.tx, actor, { id, now: work.now })
  const byCustomer = async () => (customerId ? findSpeakerOf(work.tx, actor, customerId) : null)
  const speaker = contactId ? await findSpeaker(work.tx, actor, contactId) : await byCustomer()
  if (!speaker) throw new Refused('no-contact', '这家还没有联系人，先在客户页里加一位', 409)
  const told = customerNames ? { customerNames } : {}
  const result = await keepPaste(work, actor, { contactId: speaker.contactId, text, ...told })
  if (result.kind === 'saved') await settleForward(work, actor, id)
  return { speaker, result }
}
