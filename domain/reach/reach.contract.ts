import * as z from 'zod/mini'
import { type ChatPlatform, chatPlatform, role } from '../person/person.contract.js'

/** Channels that reach one person by themselves. */
export const ownChannel = z.enum(['wecom', 'dingtalk', 'sms', 'mail'])
export type OwnChannel = z.infer<typeof ownChannel>
export const isChat = (channel: OwnChannel): channel is ChatPlatform => chatPlatform.safeParse(channel).success
export const pointChannel = z.enum(['sms', 'mail'])
export type PointChannel = z.infer<typeof pointChannel>

/**
 * How it stands with one channel, only as far as it can be known. `proved`: confirmed, receipted, or seen after; `taken`: the
 * channel took the last one and nothing was seen since; `new`: nothing went out lately; `off`: can't be used, `bad`: was
 * refused, or speaks against it.
 */
export const standing = z.enum(['proved', 'taken', 'new', 'off', 'bad'])
export type Standing = z.infer<typeof standing>

export const reachFact = z.object({
  word: z.enum(['已提交', '之后活跃', '已确认', '已送达', '退信', '没送达', '结果未知', '送不到', '通知关着']),
  at: z.nullable(z.string()),
  why: z.nullable(z.string()),
})
export type ReachFact = z.infer<typeof reachFact>

export const reachChannel = z.object({
  channel: ownChannel,
  standing,
  /** Why it is off or speaks against it; null: nothing does. */
  why: z.nullable(z.string()),
  facts: z.array(reachFact),
  /** Of one's own page only, masked. */
  point: z.nullable(z.object({ masked: z.string(), source: z.enum(['platform', 'typed']) })),
  /** The organisation has the channel; what is missing is the person's. */
  mine: z.boolean(),
  /** A typed number or address can be proved by a code. */
  canType: z.boolean(),
  /** A chat's notifications are 开着 / 关了, as the person says. */
  saysOn: z.nullable(z.boolean()),
  /** 试发 that waits for 收到了. */
  tryId: z.nullable(z.string()),
})
export type ReachChannel = z.infer<typeof reachChannel>

export const reachPage = z.object({
  personId: z.string(),
  channels: z.array(reachChannel),
  /** Where they have accounts, and where they want to be written to; null: where they were seen last. */
  chats: z.array(chatPlatform),
  prefers: z.nullable(chatPlatform),
  /** 我在微信里看. */
  plainText: z.boolean(),
  /** Has people whose channels they may see. */
  hasTeam: z.boolean(),
})
export type ReachPage = z.infer<typeof reachPage>

export const teamReach = z.object({
  looksAtLeaks: z.boolean(),
  people: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      roles: z.array(role),
      channels: z.array(z.object({ channel: ownChannel, standing, words: z.string(), at: z.nullable(z.string()) })),
      /** No channel reaches them: what to do. Null: at least one may. */
      todo: z.nullable(z.string()),
    }),
  ),
})
export type TeamReach = z.infer<typeof teamReach>

export const codeInput = z.object({
  requestId: z.uuid(),
  channel: pointChannel,
  value: z.string().check(z.trim(), z.minLength(5), z.maxLength(100)),
})
export const proveInput = z.object({
  requestId: z.uuid(),
  channel: pointChannel,
  code: z.string().check(z.trim(), z.regex(/^\d{6}$/)),
})
export const pointInput = z.object({ requestId: z.uuid(), channel: pointChannel })
export const habitInput = z.object({
  requestId: z.uuid(),
  /** Of which chat `saysOn` speaks; default: WeCom. */
  channel: z.optional(chatPlatform),
  saysOn: z.optional(z.boolean()),
  prefers: z.optional(z.nullable(chatPlatform)),
  plainText: z.optional(z.boolean()),
})
export const tryInput = z.object({ requestId: z.uuid() })
export const proveAnswer = z.object({ proved: z.boolean() })
