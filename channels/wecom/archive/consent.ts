import * as z from 'zod'
import type { Wecom } from '../client.js'

/** Who of ours speaks with whom outside. */
export type ChatPair = { member: string; external: string }
export type Agreement = ChatPair & { consent: 'agreed' | 'refused'; since: Date | null }

const answer = z.object({
  agreeinfo: z
    .array(
      z.object({
        userid: z.string(),
        // The platform's own misspelling.
        exteranalopenid: z.string(),
        agree_status: z.string(),
        status_change_time: z.number().default(0),
      }),
    )
    .default([]),
})

export const mostPairs = 100

/**
 * Whether these customers agreed that the chat is archived; a pair that the platform says nothing of is left out. `wecom`
 * must be a client with the archive's own secret. At most 100 pairs. https://developer.work.weixin.qq.com/document/path/91782
 */
export async function checkConsent(wecom: Wecom, pairs: ChatPair[]): Promise<Agreement[]> {
  const info = pairs.map(({ member, external }) => ({ userid: member, exteranalopenid: external }))
  const { agreeinfo } = answer.parse(await wecom.call('POST', 'msgaudit/check_single_agree', { info }))
  return agreeinfo.map((one) => ({
    member: one.userid.toLowerCase(),
    external: one.exteranalopenid,
    // `Default_Agree` is a customer who need not be asked.
    consent: one.agree_status === 'Agree' || one.agree_status === 'Default_Agree' ? 'agreed' : 'refused',
    since: one.status_change_time > 0 ? new Date(one.status_change_time * 1000) : null,
  }))
}
