import * as z from 'zod/mini'
import { defaultDingtalk, dingtalkSetting } from './dingtalk.contract.js'
import { defaultQuotePolicy, quotePolicy } from './quote-policy.contract.js'
import { defaultResponders, responders } from './responders.contract.js'

/** What an administrator may set, each with its schema and what holds until somebody sets it. */
export const settings = {
  /** Who confirms and who assesses. */
  responders: { schema: responders, standing: defaultResponders },
  /** Words that mark a message as 疑似变更 whatever the understanding says. */
  keywords: {
    schema: z.array(z.string().check(z.trim(), z.minLength(1), z.maxLength(20))).check(z.maxLength(200)),
    standing: [] as string[],
  },
  /** How many days a file that was fetched out of the archive is kept, unless something was captured from its message. */
  mediaDays: { schema: z.int().check(z.minimum(30), z.maximum(3_650)), standing: 400 },
  /**
   * What DingTalk is used for beside cards. To-dos: notes to self; `all` adds the questions that wait for somebody, each of which
   * costs two paid calls more, so an organisation of the standard edition has to want that. DING by text message or by a call is
   * bought apart.
   */
  dingtalk: { schema: dingtalkSetting, standing: defaultDingtalk },
  /** What a customer reads from the rep when they have just been added; empty: nothing is sent. */
  welcome: { schema: z.string().check(z.trim(), z.maxLength(1_000)), standing: '' },
  /** What a quote may be without asking anybody. */
  quotePolicy: { schema: quotePolicy, standing: defaultQuotePolicy },
}
export type SettingName = keyof typeof settings

export const isSetting = (name: string): name is SettingName => Object.hasOwn(settings, name)
