import type { Prisma, Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import type { Actor } from '../person/actor.js'
import { findProposal } from './find-proposal.js'
import type { GroupView } from './group.contract.js'
import { groupVisibleTo } from './group-visible-to.js'
import { isOurs } from './member-key.js'

/** A group that the actor may see; throws when there is none. */
export async function getGroup(db: Reader, actor: Actor, where: { id: string } | { chatId: string }): Promise<GroupView> {
  const group = await findVisible(db, actor, where)
  if (!group) throw new Refused('unknown-group', '没有找到这个客户群，或者你不在群里', 404)
  return {
    id: group.id,
    chatId: group.chatId,
    name: group.name,
    customer: group.customer,
    tiedBy: group.tiedBy?.name ?? null,
    proposed: group.customer ? null : await findProposal(db, actor, group.id),
    dismissed: group.dismissedAt !== null,
    members: group.members.map(({ key, name, contactId, contact, person }) => ({
      key,
      name: person?.name ?? contact?.name ?? name ?? '未知成员',
      contactId,
      ours: isOurs(key),
    })),
  }
}

const findVisible = (db: Reader, actor: Actor, where: Prisma.GroupWhereInput) =>
  db.group.findFirst({
    where: { AND: [where, groupVisibleTo(actor)] },
    include: {
      customer: { select: { id: true, name: true } },
      tiedBy: { select: { name: true } },
      members: {
        where: { leftAt: null },
        include: { contact: { select: { name: true } }, person: { select: { name: true } } },
        orderBy: [{ joinedAt: 'asc' }, { key: 'asc' }],
      },
    },
  })
