import { z } from 'zod'
import { isOurs, sayInGroup } from '../chat.js'
import type { CustomerGroup, GroupMember } from '../state/customer-groups.js'
import { groupEvent } from '../wecom/contacts/events.js'
import { newSecret } from '../wecom/crypto.js'
import { ControlError } from './error.js'
import { happen, known, type Parts, post, type Route } from './route.js'

const text = z.string().min(1)
const scene = z.union([z.literal(1), z.literal(2), z.literal(3)]).default(1)
/** Somebody whom no member has added yet, by the name that the group shows. */
const guest = z.object({ externalUserId: z.string().regex(/^w[mo]/), name: text })

/** Groups with customers: what their people do in them [D 92130]. */
export const groupRoutes: Record<string, Route> = {
  'POST groups/create': post(
    z.object({
      chatId: z.string().regex(/^wr/).optional(),
      name: z.string().default(''),
      owner: text,
      members: z.array(text).default([]),
      guests: z.array(guest).default([]),
    }),
    async (parts, { name, owner, members, guests, chatId = `wr${newSecret(20)}` }) => {
      const at = parts.deps.clock.business()
      const head = known(parts, owner)
      const keys = [...new Set([head, ...members, ...guests.map((one) => one.externalUserId)])]
      const all = keys.map((key) => joining(parts, key, 1, key === head ? null : head, at))
      const group = { chatId, name, owner: head, notice: '', at, members: all, version: newSecret(16) }
      const facts = [...guests.map((one) => stranger(one)), { type: 'customer-group', group } as const]
      await happen(parts, facts, [groupEvent(parts.deps, group, 'create')])
      return { chatId }
    },
  ),
  'POST groups/members': post(
    z.object({
      chatId: text,
      join: z.array(text).default([]),
      guests: z.array(guest).default([]),
      leave: z.array(text).default([]),
      scene,
      /** They were removed rather than left. */
      removed: z.boolean().default(false),
    }),
    async (parts, { chatId, join, guests, leave, scene: how, removed }) => {
      const group = open(parts, chatId)
      const at = parts.deps.clock.business()
      const strangers = guests.map((one) => stranger(one))
      const joined = [...join, ...guests.map((one) => one.externalUserId)].map((key) => joining(parts, key, how, group.owner, at))
      const [before, between, after] = [group.version, newSecret(16), newSecret(16)]
      const events = []
      if (joined.length > 0) {
        // The event knows invited (0) and scanned (3) only.
        const about = { UpdateDetail: 'add_member', JoinScene: how === 3 ? 3 : 0, ...listed(joined.map((one) => one.key)) }
        events.push(
          groupEvent(parts.deps, group, 'update', {
            ...about,
            LastMemVer: before,
            CurMemVer: leave.length > 0 ? between : after,
          }),
        )
      }
      if (leave.length > 0) {
        const about = { UpdateDetail: 'del_member', QuitScene: removed ? 1 : 0, ...listed(leave) }
        events.push(
          groupEvent(parts.deps, group, 'update', {
            ...about,
            LastMemVer: joined.length > 0 ? between : before,
            CurMemVer: after,
          }),
        )
      }
      await happen(parts, [...strangers, { type: 'customer-group-members', chatId, joined, left: leave, version: after }], events)
      return {}
    },
  ),
  'POST groups/set': post(
    z.object({ chatId: text, name: z.string().optional(), owner: text.optional(), notice: z.string().optional() }),
    async (parts, { chatId, name, owner, notice }) => {
      const group = open(parts, chatId)
      const set = {
        ...(name === undefined ? {} : { name }),
        ...(owner === undefined ? {} : { owner: known(parts, owner) }),
        ...(notice === undefined ? {} : { notice }),
      }
      const details = Object.keys(set).map((what) => `change_${what}`)
      const events = details.map((UpdateDetail) => groupEvent(parts.deps, { ...group, ...set }, 'update', { UpdateDetail }))
      await happen(parts, [{ type: 'customer-group-set', chatId, ...set }], events)
      return {}
    },
  ),
  'POST groups/dismiss': post(z.object({ chatId: text }), async (parts, { chatId }) => {
    const group = open(parts, chatId)
    const at = parts.deps.clock.business()
    await happen(parts, [{ type: 'customer-group-dismissed', chatId, at }], [groupEvent(parts.deps, group, 'dismiss')])
    return {}
  }),
  'POST groups/say': post(z.object({ chatId: text, from: text, text }), async (parts, said) => {
    const group = open(parts, said.chatId)
    if (!group.members.some((one) => one.key === said.from)) throw new ControlError(404, `${said.from} is not in the group`)
    return { id: await sayInGroup(parts.deps, parts.notice, said) }
  }),
}

const listed = (keys: string[]) => ({ MemChangeCnt: keys.length, MemChangeList: { Item: keys } })

function open({ deps }: Parts, chatId: string): CustomerGroup {
  const group = deps.store.state.customerGroups.get(chatId)
  if (!group || group.dismissedAt !== null) throw new ControlError(404, `no group ${chatId}`)
  return group
}

const joining = ({ deps }: Parts, key: string, how: 1 | 2 | 3, invitor: string | null, at: number): GroupMember => ({
  key,
  ours: isOurs(deps, key),
  at,
  scene: how,
  // The page tells an invitor only where one of ours invited, and a code invites nobody.
  invitor: how === 3 ? null : invitor,
  nickname: '',
})

function stranger({ externalUserId, name }: z.infer<typeof guest>) {
  const blank = { avatar: '', type: 1, gender: 0, unionid: null, position: '', corpName: '', corpFullName: '' } as const
  return { type: 'contact', contact: { externalUserId, name, ...blank } } as const
}
