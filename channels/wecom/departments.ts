import * as z from 'zod'
import type { Wecom } from './client.js'
import { type Member, memberAnswer, readMember } from './member.js'

const departments = z.object({
  department: z.array(
    z.object({
      id: z.number().int(),
      name: z.string().default(''),
      parentid: z.number().int().default(0),
      department_leader: z.array(z.string()).default([]),
    }),
  ),
})
const members = z.object({ userlist: z.array(memberAnswer) })
const visible = z.object({
  allow_userinfos: z.object({ user: z.array(z.object({ userid: z.string() })).default([]) }).optional(),
})

export type Department = { id: number; name: string; parent: number; leaders: string[] }

/** The departments that an app of our own sees, with their leaders. https://developer.work.weixin.qq.com/document/path/90208 */
export async function listDepartments(wecom: Wecom): Promise<Department[]> {
  const { department } = departments.parse(await wecom.call('GET', 'department/list'))
  return department.map(({ id, name, parentid, department_leader }) => ({
    id,
    name,
    parent: parentid,
    leaders: department_leader,
  }))
}

/** Members of one department, without those under it, as far as they are in the app's range. https://developer.work.weixin.qq.com/document/path/90201 */
export async function listMembers(wecom: Wecom, department: number): Promise<Member[]> {
  const { userlist } = members.parse(await wecom.call('GET', 'user/list', { department_id: department }))
  return userlist.map(readMember)
}

/** Whom the app is shown to by name, beside departments. https://developer.work.weixin.qq.com/document/path/90227 */
export async function listVisible(wecom: Wecom): Promise<string[]> {
  const { allow_userinfos } = visible.parse(await wecom.call('GET', 'agent/get', { agentid: wecom.settings.agentId }))
  return allow_userinfos?.user.map(({ userid }) => userid) ?? []
}
