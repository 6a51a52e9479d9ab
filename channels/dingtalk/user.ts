import * as z from 'zod'
import { orNull } from './absent.js'
import type { Dingtalk } from './client.js'

const answer = z.object({
  userid: z.string().min(1),
  unionid: z.string().default(''),
  name: z.string().default(''),
  mobile: z.string().nullish(),
  email: z.string().nullish(),
  org_email: z.string().nullish(),
  active: z.boolean().default(true),
  manager_userid: z.string().nullish(),
  dept_id_list: z.array(z.coerce.number().int()).nullish(),
  leader_in_dept: z.array(z.object({ dept_id: z.coerce.number().int(), leader: z.boolean() })).nullish(),
})

/** `departments`: all of them, 1 is the root. `active`: has logged in to DingTalk. Null: not there, or not for us to see. */
export type User = {
  userid: string
  unionid: string
  name: string
  mobile: string | null
  email: string | null
  departments: number[]
  /** Departments that they lead. */
  leaderOf: number[]
  /** The direct superior's userid. */
  manager: string | null
  active: boolean
}

const readUser = (user: z.infer<typeof answer>): User => ({
  userid: user.userid,
  unionid: user.unionid,
  name: user.name || user.userid,
  mobile: user.mobile || null,
  email: user.email || user.org_email || null,
  departments: user.dept_id_list ?? [],
  leaderOf: (user.leader_in_dept ?? []).flatMap(({ dept_id, leader }) => (leader ? dept_id : [])),
  manager: user.manager_userid || null,
  active: user.active,
})

/** How the platform says that a member is there and out of the app's range; pages and live answers differ. */
export const outOfRange: unknown[] = [50002, 50004]

/**
 * One member; null when there is none of that userid (any more). Who is there but out of the app's range is an error (`outOfRange`).
 * https://open.dingtalk.com/document/development/query-user-details
 */
export async function getUser(dingtalk: Dingtalk, userid: string): Promise<User | null> {
  const reply = await orNull(dingtalk.oapi('topapi/v2/user/get', { body: { userid }, free: true, reads: true }))
  return reply && readUser(z.object({ result: answer }).parse(reply).result)
}

const page = z.object({
  result: z.object({
    list: z.array(answer).nullish(),
    has_more: z.boolean().default(false),
    next_cursor: z.coerce.number().int().nullish(),
  }),
})

/**
 * The members of one department, without those below it, a hundred at a time; `next` null: that was all.
 * https://open.dingtalk.com/document/development/queries-the-complete-information-of-a-department-user
 */
export async function listUsers(
  dingtalk: Dingtalk,
  { department, cursor = 0 }: { department: number; cursor?: number },
): Promise<{ users: User[]; next: number | null }> {
  const body = { dept_id: department, cursor, size: 100 }
  const { result } = page.parse(await dingtalk.oapi('topapi/v2/user/list', { body, free: true, reads: true }))
  return { users: (result.list ?? []).map(readUser), next: result.has_more ? (result.next_cursor ?? null) : null }
}
