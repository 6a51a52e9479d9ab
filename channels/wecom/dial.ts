import * as z from 'zod'
import type { Wecom } from './client.js'

const party = z.object({ userid: z.string().default(''), phone: z.coerce.string().default(''), duration: z.number().default(0) })
const answer = z.object({
  record: z
    .array(
      z.object({
        call_time: z.number(),
        total_duration: z.number().default(0),
        call_type: z.number().default(1),
        caller: party,
        callee: z.array(party).default([]),
      }),
    )
    .default([]),
})

/** One party of a 公费电话 call: a colleague, or a number outside. */
export type DialParty = { userid: string | null; phone: string | null; minutes: number }
export type DialRecord = { at: Date; minutes: number; many: boolean; caller: DialParty; callees: DialParty[] }

export const dialPage = 100

/**
 * One page of 公费电话 records from `offset` on, at most 100; fewer is the last one. The platform tells only of calls that
 * were taken, of at most 30 days at once, in whole minutes, and of no external_userid: whose number it is, is ours to know.
 * For an app of our own only. https://developer.work.weixin.qq.com/document/path/93662
 */
export async function getDialRecords(wecom: Wecom, want: { from: Date; until: Date; offset: number }): Promise<DialRecord[]> {
  const seconds = (at: Date) => Math.floor(at.getTime() / 1000)
  const input = { start_time: seconds(want.from), end_time: seconds(want.until), offset: want.offset, limit: dialPage }
  const { record } = answer.parse(await wecom.call('POST', 'dial/get_dial_record', input))
  return record.map((one) => ({
    at: new Date(one.call_time * 1000),
    minutes: one.total_duration,
    many: one.call_type === 2,
    caller: partyOf(one.caller),
    callees: one.callee.map(partyOf),
  }))
}

const partyOf = ({ userid, phone, duration }: z.infer<typeof party>): DialParty => ({
  userid: userid || null,
  phone: phone || null,
  minutes: duration,
})
