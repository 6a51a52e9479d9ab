import type { PassThrough } from 'node:stream'
import type { RouterContext } from '@koa/router'
import type { Dingtalk } from '../../channels/dingtalk/client.js'
import type { createPageSigner as createDingtalkSigner } from '../../channels/dingtalk/jsapi.js'
import type { PageSignatures } from '../../channels/wecom/jsapi.js'
import type { ChatStory } from '../../domain/customer/customer.contract.js'
import { once } from '../../domain/once.js'
import type { Actor } from '../../domain/person/actor.js'
import { type Deps, runWork, type Work } from '../../domain/work.js'
import type { Config } from '../../lib/config.js'
import { Refused } from '../../lib/errors.js'
import type { Log } from '../../lib/log.js'
import { tidy } from '../../lib/tidy.js'
import type { StoreInbox } from '../callbacks/store-inbox.js'
import type { Action } from '../define.js'
import type { Sessions } from '../session.js'
import type { Streams } from '../streams/hold-streams.js'

/** What every API file may use. */
export type ApiDeps = Deps & {
  log: Log
  config: Pick<Config, 'wecom' | 'dingtalk' | 'server' | 'sms' | 'mail' | 'dataKey' | 'callsHookSecret' | 'quote'>
  organisationName: string
  sessions: Sessions
  storeInbox: StoreInbox
  actions: Map<string, Action>
  /** How chat reaches us at the moment. */
  hears(): Promise<ChatStory['hears']>
  /** Open live connections: a stop ends them. */
  streams: Set<PassThrough>
  signPage: (url: string, nonceStr: string) => Promise<PageSignatures>
  /** Null without DingTalk, as its signer. */
  dingtalk: Dingtalk | null
  /** Null over HTTP, and without DingTalk. */
  dingtalkStreams?: Streams | null
  signDingtalkPage: ReturnType<typeof createDingtalkSigner> | null
}

export type ApiContext = RouterContext & { state: { actor: Actor; platform: 'wecom' | 'dingtalk'; trace: string } }

/** One route of one noun. Who may use it stands in access.ts, or the server does not start. `jsonLimit`: of its body, where 64kb are not enough. */
export type Route = { method: 'GET' | 'POST'; path: string; jsonLimit?: string; handle(ctx: ApiContext): Promise<void> }

/** A write from a screen: one transaction, once per request id. The answer is what the first request got. */
export const write = <T>(deps: ApiDeps, ctx: ApiContext, requestId: string, act: (work: Work) => Promise<T>): Promise<T> =>
  runWork(deps, ctx.state.trace, (work) =>
    once(work, { requestId, personId: ctx.state.actor.personId, route: `${ctx.method} ${ctx.path}` }, () => act(work)),
  )

/** What came from outside, checked. What fails here is the sender's; a ZodError anywhere else is a bug of ours. */
export function readInput<T>(
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
  value: unknown,
): T {
  const result = schema.safeParse(tidy(value))
  if (!result.success) throw new Refused('bad-input', '填写的内容不完整或格式不对，请检查后再试')
  return result.data
}
