import type { Prisma } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { ensureCustomer } from '../customer/ensure-customer.js'
import { groupVisibleTo } from '../group/group-visible-to.js'
import { type Actor, contactVisibleTo, messageVisibleTo } from '../person/actor.js'
import type { Work } from '../work.js'

const saidWith = { person: { select: { name: true } }, contact: { select: { name: true } } }
type Said = { contactId: string; customerId: string; messages: Prisma.MessageGetPayload<{ include: typeof saidWith }>[] }
type Wanted = { contactId: string; groupId?: string | undefined; messageIds: string[] }

/**
 * The words that a change is captured from, oldest first: whose they are, and about whose requirements. In a group they
 * are about the customer that it is tied to, whoever of them spoke. Throws when one of them is not there for this actor.
 */
export async function findSaid(work: Work, actor: Actor, wanted: Wanted): Promise<Said> {
  return wanted.groupId ? findSaidInGroup(work, actor, { ...wanted, groupId: wanted.groupId }) : findSaidWith(work, actor, wanted)
}

async function findSaidWith(work: Work, actor: Actor, { contactId, messageIds }: Wanted): Promise<Said> {
  const contact = await work.tx.contact.findFirst({ where: { id: contactId, ...contactVisibleTo(actor) } })
  if (!contact) throw new Refused('unknown-contact', '没有找到这位联系人，或者他不归你跟进', 404)
  const messages = await findMessages(work, actor, { id: { in: messageIds }, contactId })
  assertAll(messages, messageIds)
  return { contactId, customerId: await ensureCustomer(work, contact, actor), messages }
}

async function findSaidInGroup(work: Work, actor: Actor, wanted: Wanted & { groupId: string }): Promise<Said> {
  const { groupId, messageIds, contactId } = wanted
  const group = await work.tx.group.findFirst({
    where: { AND: [{ id: groupId }, groupVisibleTo(actor)] },
    select: { customerId: true },
  })
  if (!group) throw new Refused('unknown-group', '没有找到这个客户群，或者你不在群里', 404)
  if (!group.customerId) throw new Refused('group-untied', '先选一下这个群是哪家客户的，再来记', 409)
  const messages = await findMessages(work, actor, { id: { in: messageIds }, groupId })
  assertAll(messages, messageIds)
  const spoke = messages.findLast((message) => message.speaker === 'customer') ?? messages.at(-1)
  return { contactId: spoke?.contactId ?? contactId, customerId: group.customerId, messages }
}

const findMessages = (work: Work, actor: Actor, where: Prisma.MessageWhereInput) =>
  work.tx.message.findMany({
    where: { AND: [where, messageVisibleTo(actor)] },
    include: saidWith,
    orderBy: [{ saidAt: 'asc' }, { id: 'asc' }],
  })

function assertAll(messages: unknown[], ids: string[]): void {
  if (messages.length !== new Set(ids).size) throw new Refused('unknown-message', '有消息已经不在了，请刷新后重选', 409)
}
