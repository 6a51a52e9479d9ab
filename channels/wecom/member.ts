import * as z from 'zod'
import { ChannelError } from '../channel-error.js'
import type { Wecom } from './client.js'

export const memberAnswer = z.object({
  userid: z.string(),
  name: z.string().default(''),
  status: z.number().optional(),
  department: z.array(z.number().int()).default([]),
  main_department: z.number().int().optional(),
  direct_leader: z.array(z.string()).default([]),
})

/** `department`: the main one; `above`: the direct superior. Null where the platform doesn't say, or the app may not see it. */
export type Member = { userid: string; name: string; department: number | null; above: string | null }

export const readMember = ({
  userid,
  name,
  department,
  main_department,
  direct_leader,
}: z.infer<typeof memberAnswer>): Member => ({
  userid,
  name: name || userid,
  department: main_department || (department[0] ?? null),
  above: direct_leader[0] ?? null,
})

/**
 * An app of our own reads a member's name, main department and direct superior where the member is in its visible range; else
 * the platform gives the userid as the name. https://developer.work.weixin.qq.com/document/path/90196
 */
export async function getMember(wecom: Wecom, userid: string): Promise<Member> {
  return readMember(memberAnswer.parse(await wecom.call('GET', 'user/get', { userid })))
}

/**
 * `not-joined` has an account but neither WeCom nor the plugin in WeChat; `not-in-range` may be there, but this app can't
 * reach them; `left` has quit or was deleted.
 */
export type MemberState = 'active' | 'disabled' | 'not-joined' | 'not-in-range' | 'left'

const states: Record<number, MemberState> = { 1: 'active', 2: 'disabled', 4: 'not-joined', 5: 'left' }
/** 60111: no such userid. 60011: no right on this member. */
const refusals: Record<number, MemberState> = { 60111: 'left', 60011: 'not-in-range' }

/**
 * How it stands with somebody who was a member once; `name` is null where the platform says nothing of them.
 * Any other no is thrown. https://developer.work.weixin.qq.com/document/path/90196
 */
export async function findMember(wecom: Wecom, userid: string): Promise<{ state: MemberState; name: string | null }> {
  try {
    const { status, name } = memberAnswer.parse(await wecom.call('GET', 'user/get', { userid }))
    // An app that is not told the status can still read the member, and that takes being in its range.
    return { state: states[status ?? 1] ?? 'active', name: name || null }
  } catch (error) {
    const state = error instanceof ChannelError ? refusals[Number(error.code)] : undefined
    if (!state) throw error
    return { state, name: null }
  }
}
