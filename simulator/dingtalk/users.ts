import type { Deps } from '../deps.js'
import { findPerson } from '../world.js'
import { giveOld, type Outcome, refuseOld } from './answer.js'
import { departmentOf, departments, isLead, ROOT } from './departments.js'
import type { Body } from './endpoint.js'
import { findMember, type Member, memberByUnionid, members, seesMember } from './people.js'

const NO_USER = () => refuseOld(60121, '找不到该用户')
const NO_DEPARTMENT = () => refuseOld(60003, '部门不存在')

/** `POST /topapi/v2/user/get`. Mobiles need a permission of their own; here it is given. */
export function getUser(deps: Deps, body: Body): Outcome {
  if (!body.userid) return refuseOld(400_002, '无效的参数：userid')
  const member = findMember(deps, String(body.userid))
  if (!member) return NO_USER()
  return seesMember(deps, member)
    ? giveOld({ result: describe(deps, member) })
    : refuseOld(50_004, '企业内部应用无权限访问该员工')
}

/** `POST /topapi/user/getbyunionid`. */
export function getByUnionid(deps: Deps, body: Body): Outcome {
  const member = memberByUnionid(deps, String(body.unionid ?? ''))
  return member ? giveOld({ result: { contact_type: 0, userid: member.dingtalk.userid } }) : NO_USER()
}

/** `POST /topapi/v2/user/getbymobile`. */
export function getByMobile(deps: Deps, body: Body): Outcome {
  const member = members(deps).find((one) => one.dingtalk.mobile !== null && one.dingtalk.mobile === String(body.mobile ?? ''))
  return member ? giveOld({ result: { userid: member.dingtalk.userid } }) : NO_USER()
}

/** `POST /topapi/user/listid`: everybody directly in it, whatever the application may see. */
export function listIds(deps: Deps, body: Body): Outcome {
  const found = inDepartment(deps, Number(body.dept_id))
  return found ? giveOld({ result: { userid_list: found.map(({ dingtalk }) => dingtalk.userid) } }) : NO_DEPARTMENT()
}

/** `POST /topapi/v2/user/list`: by pages of at most a hundred. */
export function listUsers(deps: Deps, body: Body): Outcome {
  const [cursor, size] = [Number(body.cursor ?? 0), Number(body.size)]
  if (!(size >= 1 && size <= 100) || !(cursor >= 0)) return refuseOld(400_002, '无效的参数：size')
  const found = inDepartment(deps, Number(body.dept_id))?.filter((member) => seesMember(deps, member))
  if (!found) return NO_DEPARTMENT()
  const list = found.slice(cursor, cursor + size).map((member) => describe(deps, member))
  const next = cursor + size
  return giveOld({ result: { has_more: next < found.length, ...(next < found.length ? { next_cursor: next } : {}), list } })
}

/** `POST /topapi/v2/department/listsub`: the next level, of the organisation unless told. */
export function listSubDepartments(deps: Deps, body: Body): Outcome {
  const id = Number(body.dept_id ?? ROOT)
  const all = departments(deps)
  if (!all.some((one) => one.id === id)) return NO_DEPARTMENT()
  const result = all
    .filter(({ parent }) => parent === id)
    .map(({ id: dept_id, name, parent }) => ({
      dept_id,
      name,
      parent_id: parent,
      create_dept_group: false,
      auto_add_user: false,
    }))
  return giveOld({ result })
}

/** `POST /topapi/v2/department/get`. */
export function getDepartment(deps: Deps, body: Body): Outcome {
  const found = departments(deps).find(({ id }) => id === Number(body.dept_id))
  if (!found) return NO_DEPARTMENT()
  const managers = (inDepartment(deps, found.id) ?? []).filter(isLead).map(({ dingtalk }) => dingtalk.userid)
  const { id: dept_id, name, parent: parent_id } = found
  return giveOld({ result: { dept_id, name, parent_id, dept_manager_userid_list: managers } })
}

function inDepartment(deps: Deps, id: number): Member[] | null {
  if (!departments(deps).some((one) => one.id === id)) return null
  return members(deps).filter((member) => departmentOf(deps, member) === id)
}

function describe(deps: Deps, member: Member) {
  const dept = departmentOf(deps, member)
  const { userid, unionid, mobile } = member.dingtalk
  // A superior who isn't on DingTalk is none there.
  const manager = findPerson(deps.world, member.manager)?.dingtalk?.userid
  return {
    userid,
    unionid,
    name: member.name,
    avatar: '',
    state_code: '86',
    ...(manager ? { manager_userid: manager } : {}),
    ...(mobile ? { mobile } : {}),
    hide_mobile: false,
    telephone: '',
    job_number: '',
    title: member.title,
    email: member.mail ?? '',
    org_email: '',
    work_place: '',
    remark: '',
    dept_id_list: [dept],
    dept_order_list: [{ dept_id: dept, order: 1 }],
    extension: '{}',
    active: true,
    real_authed: true,
    senior: false,
    admin: member.roles.includes('admin'),
    boss: false,
    exclusive_account: false,
    leader_in_dept: [{ dept_id: dept, leader: isLead(member) }],
    role_list: [],
  }
}
