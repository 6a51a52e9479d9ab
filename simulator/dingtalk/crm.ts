import type { Deps } from '../deps.js'
import type { Customer } from '../state/dingtalk/contacts.js'
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
const PERSONAL = 'crm_customer_personal'
const MOST = 100

const all = (deps: Deps) => deps.store.state.dingtalk.contacts.customers
const kind = (value: unknown): Outcome | null =>
  value === undefined || value === null || value === PERSONAL || value === 'crm_customer'
    ? null
    : refuse('invalid.relationType', 'relationType is invalid')
const notThere = (): Outcome => refuse('data.not.exists', 'the data does not exist')
const noUser = (): Outcome => refuse('invalid.userId', 'userId is invalid')

/** `GET /v1.0/crm/personalCustomers/objectMeta`. */
export const getMeta = (_deps: Deps, { query }: Input): Outcome =>
  kind(query.get('relationType')) ??
  give({ code: PERSONAL, name: '个人客户', customized: false, status: 'PUBLISHED', fields: FIELDS })

/** `GET /v1.0/crm/personalCustomers`: what the operator may see, the newest first, by pages. */
export function queryCustomers(deps: Deps, { query }: Input): Outcome {
  const wrong = kind(query.get('relationType'))
  if (wrong) return wrong
  const operator = query.get('currentOperatorUserId') ?? ''
  if (!findMember(deps, operator)) return noUser()
  const size = Number(query.get('maxResults') ?? 20)
  const from = Number(query.get('nextToken') || 0)
  if (!(size >= 1 && size <= MOST) || !(from >= 0)) return refuse('invalid.maxResults', 'maxResults is invalid')
  const seen = [...all(deps).values()].filter((one) => sees(deps, operator, one)).sort((a, b) => b.changedAt - a.changedAt)
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
  const operator = query.get('currentOperatorUserId') ?? ''
  if (!findMember(deps, operator)) return noUser()
  const ids = Array.isArray(body.list) ? body.list.map(String) : []
  if (ids.length === 0 || ids.length > MOST) return refuse('invalid.ids', 'the list of ids is invalid')
  const result = ids.flatMap((id) => {
    const one = all(deps).get(id)
    return one && sees(deps, operator, one) ? describe(one) : []
  })
  return give({ result })
}

/** `POST /v1.0/crm/personalCustomers`. */
export function createCustomer(deps: Deps, { body }: Input): Outcome {
  const wrong = kind(body.relationType)
  if (wrong) return wrong
  const creator = findMember(deps, String(body.creatorUserId ?? ''))
  if (!creator) return noUser()
  const data = object(body.data)
  const name = data.customer_name
  if (typeof name !== 'string' || !name) return refuse('invalid.data', 'customer_name is empty')
  const isSame = [...all(deps).values()].some((one) => one.data.customer_name === name)
  if (isSame && body.skipDuplicateCheck !== true) return refuse('same.data.exists', '存在相同的数据')
  const at = deps.clock.business()
  const who = creator.dingtalk.userid
  const customer: Customer = {
    id: newSecret(18),
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
  objectType: PERSONAL,
  creatorUserId: one.creator,
  creatorNick: '',
  data: one.data,
  extendData: one.extendData,
  permission: { ownerStaffIds: one.owners, participantStaffIds: one.participants },
  gmtCreate: new Date(one.at).toISOString(),
  gmtModified: new Date(one.changedAt).toISOString(),
})
