import * as z from 'zod/mini'

/**
 * What a level can be said by. «chat» is whichever chat platform a person uses. «badge» is shown and never said: it is no
 * channel of a level.
 */
export const channelName = z.enum(['chat', 'sms', 'mail', 'group'])
export type ChannelName = z.infer<typeof channelName>
export const channelLabel: Record<ChannelName, string> = { chat: '应用消息', sms: '短信', mail: '邮件', group: '群消息' }

/** The way that one copy went: what a channel came to for one person. */
export const wayName = z.enum(['wecom', 'dingtalk', 'dingtalk-notice', 'dingtalk-ding', 'sms', 'mail', 'group'])
export type WayName = z.infer<typeof wayName>
export const wayLabel: Record<WayName, string> = {
  wecom: '企业微信',
  dingtalk: '钉钉',
  'dingtalk-notice': '钉钉工作通知',
  'dingtalk-ding': '钉钉 DING',
  sms: '短信',
  mail: '邮件',
  group: '群消息',
}

/** A channel, or one way by name: 试发 wants to know of each by itself. */
export const hop = z.union([channelName, wayName])
export type Hop = z.infer<typeof hop>
/** What a card is sent by: a ladder's route, or ways by name. */
export const path = z.array(z.array(hop).check(z.minLength(1))).check(z.minLength(1), z.maxLength(4))
export type Path = z.infer<typeof path>

/** In order of preference; what stands together in one step is said in parallel. */
export const route = z.array(z.array(channelName).check(z.minLength(1))).check(z.minLength(1), z.maxLength(4))
export type Route = z.infer<typeof route>

/** When a level is due. */
export const wait = z.discriminatedUnion('from', [
  /** So many minutes after the level before was said (the first: after the start). */
  z.object({
    from: z.literal('last'),
    minutes: z.int().check(z.minimum(0), z.maximum(90 * 24 * 60)),
    counts: z.enum(['clock', 'working-days', 'working-hours']),
  }),
  /** So many minutes after it began, whenever the level before was said; never before that. */
  z.object({
    from: z.literal('start'),
    minutes: z.int().check(z.minimum(0), z.maximum(90 * 24 * 60)),
    counts: z.enum(['clock', 'working-days', 'working-hours']),
  }),
  /** The next working morning. */
  z.object({ from: z.literal('morning') }),
  /** So many days before its moment, at that time of day; 0 days with no time: at the moment itself. */
  z.object({
    from: z.literal('target'),
    days: z.int().check(z.minimum(-365), z.maximum(365)),
    at: z.nullable(z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/))),
  }),
])
export type Wait = z.infer<typeof wait>

/** What a manager may set of one level. */
export const level = z.object({
  on: z.boolean(),
  wait,
  /** 谁: names of audiences. */
  to: z.array(z.string()).check(z.minLength(1), z.maxLength(6)),
  route,
  title: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
  desc: z.string().check(z.trim(), z.maxLength(80)),
})
export type Level = z.infer<typeof level>

/** A ladder as it is in force: the definition's own, or what a manager set. */
export const ladder = z.object({ levels: z.array(level).check(z.minLength(1), z.maxLength(6)) })
export type Ladder = z.infer<typeof ladder>
