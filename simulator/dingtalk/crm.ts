import { shanghaiDay } from '../../lib/format/dates.js'
import type { Deps } from '../deps.js'
import type { Customer, Relation } from '../state/dingtalk/contacts.js'
import { newSecret } from '../wecom/crypto.js'
import { give, type Outcome, refuse } from './answer.js'
import type { Body, Input } from './endpoint.js'
import { findMember } from './people.js'

/**
 * Personal customers of the official CRM. Their fields are the organisation's own: `objectMeta` names them; these are the ones that
 * stand there from the first day, as far as the pages show them (D8).
 */
const FIELDS = [
  { name: 'customer_name', label: '客户名称', type: 'text', nillable: false, customized: false },
  { name: 'customer_phone', label: '电话', type: 'text', nillable: true, customized: false },
  { name: 'customer_address', label: '地址', type: 'text', nillable: true, customized: false },
  { name: 'customer_contact', label: '联系人', type: 'text', nillable: true, customized: true },
  {
    name: 'customer_level',
    label: '客户级别',
    type: 'select',
    nillable: true,
    customized: true,
    selectOptions: ['重要', '一般', '潜在'].map((value) => ({ key: value, value })),
  },
]
const RELATIONS: Record<Relation, string> = { crm_customer: '企业客户', crm_customer_personal: '个人客户' }
const MOST = 100

const all = (deps: Deps) => deps.store.state.dingtalk.contacts.customers
/** A person's unless told. */
const relationOf = (value: unknown): Relation | null => {
  const given = value ?? 'crm_customer_personal'
  return given === 'crm_customer' || given === 'crm_customer_personal' ? given : null
}
const noRelation = (): Outcome => refuse('invalid.relationType', 'relationType is invalid')
const notThere = (): Outcome => refuse('data.not.exists', 'the data does not exist')
const noUser = (): Outcome => refuse('invalid.userId', 'userId is invalid')

/** `GET /v1.0/crm/personalCustomers/objectMeta`. */
export function getMeta(_deps: Deps, { query }: Input): Outcome {
  const code = relationOf(query.get('relationType'))
  return code ? give({ code, name: RELATIONS[code], customized: false, status: 'PUBLISHED', fields: FIELDS }) : noRelation()
}

/** `GET /v1.0/crm/personalCustomers`: what the operator may see, the newest first, by pages. */
export function queryCustomers(deps: Deps, { query }: Input): Outcome {
  const relation = relationOf(query.get('relationType'))
  if (!relation) return noRelation()
  const operator = query.get('currentOperatorUserId') ?? ''
  if (!findMember(deps, operator)) return noUser()
  const size = Number(query.get('maxResults') ?? 20)
  const from = Number(query.get('nextToken') || 0)
  if (!(size >= 1 && size <= MOST) || !(from >= 0)) return refuse('invalid.maxResults', 'maxResults is invalid')
  const seen = [...all(deps).values()]
    .filter((one) => one.relation === relation && sees(deps, operator, one))
    .sort((a, b) => b.changedAt - a.changedAt)
  const hasMore = from + size < seen.length
  const values = seen.slice(from, from + size).map(describe)
  return give({
    values,
    hasMore,
    totalCount: seen.length,
    maxResults: size,
    ...(hasMore ? { nextToken: String(from + size) } : {}),
  })
}

/** `POST /v1.0/crm/personalCustomers/batchQuery?currentOperatorUserId=`: the body is a list of instance ids. */
export function batchQuery(deps: Deps, { query, body }: Input): Outcome {
  const relation = relationOf(query.get('relationType'))
  if (!relation) return noRelation()
  const operator = query.get('currentOperatorUserId') ?? ''
  if (!findMember(deps, operator)) return noUser()
  const ids = Array.isArray(body.list) ? body.list.map(String) : []
  if (ids.length === 0 || ids.length > MOST) return refuse('invalid.ids', 'the list of ids is invalid')
  const result = ids.flatMap((id) => {
    const one = all(deps).get(id)
    return one?.relation === relation && sees(deps, operator, one) ? describe(one) : []
  })
  return give({ result })
}

/** `POST /v1.0/crm/personalCustomers`. */
export function createCustomer(deps: Deps, { body }: Input): Outcome {
  const relation = relationOf(body.relationType)
  if (!relation) return noRelation()
  const creator = findMember(deps, String(body.creatorUserId ?? ''))
  if (!creator) return noUser()
  const data = object(body.data)
  const name = data.customer_name
  if (typeof name !== 'string' || !name) return refuse('invalid.data', 'customer_name is empty')
  const isSame = [...all(deps).values()].some((one) => one.relation === relation && one.data.customer_name === name)
  if (isSame && body.skipDuplicateCheck !== true) return refuse('same.data.exists', '存在相同的数据')
  const at = deps.clock.business()
  const who = creator.dingtalk.userid
  const customer: Customer = {
    id: newSecret(18),
    relation,
    creator: who,
    data,
    extendData: object(body.extendData),
    ...people(body, [who]),
    at,
    changedAt: at,
  }
  return give({ instanceId: customer.id }, [{ type: 'ding-customer', customer }])
}

/** `PUT /v1.0/crm/personalCustomers`: the named fields. */
export function updateCustomer(deps: Deps, { body }: Input): Outcome {
  const known = all(deps).get(String(body.instanceId ?? ''))
  if (!known) return notThere()
  if (!findMember(deps, String(body.modifierUserId ?? ''))) return noUser()
  const customer: Customer = {
    ...known,
    data: { ...known.data, ...object(body.data) },
    extendData: { ...known.extendData, ...object(body.extendData) },
    ...people(body, known.owners, known.participants),
    changedAt: deps.clock.business(),
  }
  return give({ instanceId: known.id }, [{ type: 'ding-customer', customer }])
}

/** `DELETE /v1.0/crm/personalCustomers/{dataId}`. */
export function deleteCustomer(deps: Deps, { path }: Input): Outcome {
  const id = path.dataId ?? ''
  return all(deps).has(id) ? give({ instanceId: id }, [{ type: 'ding-customer-deleted', id }]) : notThere()
}

function people(body: Body, owners: string[], participants: string[] = []): Pick<Customer, 'owners' | 'participants'> {
  const { ownerStaffIds, participantStaffIds } = object(body.permission)
  return {
    owners: Array.isArray(ownerStaffIds) ? ownerStaffIds.map(String) : owners,
    participants: Array.isArray(participantStaffIds) ? participantStaffIds.map(String) : participants,
  }
}

const object = (value: unknown): Body => (typeof value === 'object' && value && !Array.isArray(value) ? (value as Body) : {})

/** Administrators see all, others what is theirs or shared with them. */
function sees(deps: Deps, userid: string, { owners, participants }: Customer): boolean {
  const member = findMember(deps, userid)
  if (!member) return false
  return member.roles.includes('admin') || [...owners, ...participants].includes(member.dingtalk.userid)
}

const describe = (one: Customer) => ({
  instanceId: one.id,
  objectType: one.relation,
  creatorUserId: one.creator,
  creatorNick: '',
  data: one.data,
  extendData: one.extendData,
  permission: { ownerStaffIds: one.owners, participantStaffIds: one.participants },
  gmtCreate: beijing(one.at),
  gmtModified: beijing(one.changedAt),
})

/** «2019-12-25 15:33:12», as the page's example has it. */
const beijing = (at: number): string => `${shanghaiDay(new Date(at))} ${new Date(at + 8 * 3_600_000).toISOString().slice(11, 19)}`
