import type { RouterContext } from '@koa/router'
import type { ShareSigner } from '../../channels/wechat-mp/share-signer.js'
import type { Wecom } from '../../channels/wecom/client.js'
import { isToken } from '../../domain/quote/quote-token.js'
import type { Deps } from '../../domain/work.js'
import type { Config } from '../../lib/config.js'
import type { Log } from '../../lib/log.js'
import { SESSION_COOKIE, type Sessions } from '../session.js'
import { addressOf } from './address-of.js'
import { createLimit } from './create-limit.js'
import { whoIs } from './viewer.js'

export type QuotePageDeps = Deps & {
  log: Log
  config: Pick<Config, 'quote' | 'server' | 'wecom' | 'dataKey' | 'organisationName'>
  sessions: Sessions
  wecom: Wecom
  /** Null: the organisation has no 公众号, or half of its settings. */
  signShare: ShareSigner | null
  /** Where the build put the page's script and style. */
  built: URL
}

const MINUTE_MS = 60_000
/** By address: a whole office, or a phone network's gateway, comes from one. By link: a group may open it at once. */
const MOST_A_MINUTE = { address: 1_200, token: 900, answers: 30, wrong: 60, who: 60 }

/** How often somebody may knock. */
export function createDoors({ clock, config }: Pick<QuotePageDeps, 'clock' | 'config'>) {
  const limit = (most: number) => createLimit({ most, windowMs: MINUTE_MS, machineNow: clock.machineNow })
  const [addresses, tokens, answers, wrong, who] = [
    limit(MOST_A_MINUTE.address),
    limit(MOST_A_MINUTE.token),
    limit(MOST_A_MINUTE.answers),
    limit(MOST_A_MINUTE.wrong),
    limit(MOST_A_MINUTE.who),
  ]
  /** What can be no link is kept under no name of its own: an address is as long as somebody likes. */
  const isWithin = (most: typeof tokens, token: string) => !isToken(token) || most(token)
  const from = (ctx: RouterContext) => addressOf(ctx, config.server.proxyHops)
  return {
    from,
    mayAsk: (ctx: RouterContext, token: string): boolean => addresses(from(ctx)) && isWithin(tokens, token),
    mayAnswer: (ctx: RouterContext, token: string): boolean => answers(from(ctx)) && isWithin(answers, token),
    /** Links that open nothing: who tries many of them is guessing. */
    mayMiss: (ctx: RouterContext): boolean => wrong(from(ctx)),
    /** Ways back from WeCom, each a call of ours to it: made-up ones would use up what the organisation may call. */
    mayBeNamed: (ctx: RouterContext): boolean => who(from(ctx)),
  }
}
export type Doors = ReturnType<typeof createDoors>

/** A colleague who looks at what they sent is no customer: they have a session here, or WeCom said so. */
export async function isColleague(ctx: RouterContext, sessions: Sessions): Promise<boolean> {
  if (whoIs(ctx, sessions) === 'colleague') return true
  return (await sessions.find(ctx.cookies.get(SESSION_COOKIE))) !== null
}

/** The address of this very page, as its visitor sees it. */
export const originOf = (ctx: RouterContext, { quote }: Pick<Config, 'quote'>): string =>
  `${quote.url.startsWith('https:') ? 'https' : 'http'}://${ctx.host}`
