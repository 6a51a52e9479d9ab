import type { Deps } from '../deps.js'
import type { Contact } from '../state/dingtalk/contacts.js'
import { newSecret } from '../wecom/crypto.js'
import { giveOld, type Outcome, refuseOld } from './answer.js'
import type { Body } from './endpoint.js'
import { findMember } from './people.js'

/** Labels that an organisation has from its first day; the ids are ours. */
const LABELS = [
  { name: '客户级别', color: -15220075, labels: ['重要', '一般', '潜在'].map((name, n) => ({ id: 50_001 + n, name })) },
  { name: '联系人类型', color: -11687445, labels: ['客户', '渠道商', '供应商'].map((name, n) => ({ id: 50_011 + n, name })) },
]
const LABEL_IDS = new Map(LABELS.flatMap(({ labels }) => labels.map(({ id, name }) => [name, id])))

export const labelsOf = (names: string[]): number[] => names.flatMap((name) => LABEL_IDS.get(name) ?? [])

const all = (deps: Deps) => deps.store.state.dingtalk.contacts.byId
const unknown = () => refuseOld(33_012, '无效的USERID')
const page = <T>(list: T[], body: Body): T[] | null => {
  const [offset, size] = [Number(body.offset ?? 0), Number(body.size ?? 20)]
  return size >= 1 && size <= 100 && offset >= 0 ? list.slice(offset, offset + size) : null
}

/** `POST /topapi/extcontact/listlabelgroups`. */
export function listLabels(_deps: Deps, body: Body): Outcome {
  const results = page(LABELS, body)
  return results ? giveOld({ results }) : refuseOld(400_002, '无效的参数：size')
}

/** `POST /topapi/extcontact/list`: those that were made first come first. */
export function listContacts(deps: Deps, body: Body): Outcome {
  const results = page([...all(deps).values()], body)
  return results ? giveOld({ results: results.map(describe) }) : refuseOld(400_002, '无效的参数：size')
}

/** `POST /topapi/extcontact/get`. */
export function getContact(deps: Deps, body: Body): Outcome {
  const contact = all(deps).get(String(body.user_id ?? body.userid ?? ''))
  return contact ? giveOld({ result: describe(contact) }) : unknown()
}

/** `POST /topapi/extcontact/create`: one mobile, one contact. */
export function createContact(deps: Deps, body: Body): Outcome {
  const given = (body.contact ?? {}) as Body
  if (typeof given.mobile !== 'string' || !given.mobile) return refuseOld(400_002, '无效的参数：mobile')
  if ([...all(deps).values()].some(({ mobile }) => mobile === given.mobile)) return refuseOld(22_005, '该外部联系人已存在')
  const contact = read(deps, given, { userid: newSecret(12).replaceAll(/[-_]/g, '0'), mobile: given.mobile })
  return 'status' in contact ? contact : giveOld({ userid: contact.userid }, [{ type: 'ding-contact', contact }])
}

/** `POST /topapi/extcontact/update`: whole, the mobile stays. */
export function updateContact(deps: Deps, body: Body): Outcome {
  const given = (body.contact ?? {}) as Body
  const known = all(deps).get(String(given.user_id ?? ''))
  if (!known) return unknown()
  const contact = read(deps, given, known)
  return 'status' in contact ? contact : giveOld({}, [{ type: 'ding-contact', contact: { ...contact, at: known.at } }])
}

/** `POST /topapi/extcontact/delete`. */
export function deleteContact(deps: Deps, body: Body): Outcome {
  const userid = String(body.user_id ?? '')
  return all(deps).has(userid) ? giveOld({}, [{ type: 'ding-contact-deleted', userid }]) : unknown()
}

function read(deps: Deps, given: Body, { userid, mobile }: { userid: string; mobile: string }): Contact | Outcome {
  const follower = findMember(deps, String(given.follower_user_id ?? ''))
  if (typeof given.name !== 'string' || !given.name) return refuseOld(400_002, '无效的参数：name')
  if (!follower) return unknown()
  const labelIds = numbers(given.label_ids)
  if (labelIds.length === 0) return refuseOld(60_204, '外部联系人标签不能为空')
  if (labelIds.length > 20 || labelIds.some((id) => ![...LABEL_IDS.values()].includes(id)))
    return refuseOld(400_002, '无效的参数：label_ids')
  const text = (name: string) => String(given[name] ?? '')
  return {
    userid,
    mobile,
    name: given.name,
    stateCode: text('state_code') || '86',
    follower: follower.dingtalk.userid,
    labelIds,
    title: text('title'),
    company: text('company_name'),
    address: text('address'),
    remark: text('remark'),
    shareUserIds: Array.isArray(given.share_user_ids) ? given.share_user_ids.map(String) : [],
    shareDeptIds: numbers(given.share_dept_ids),
    at: deps.clock.business(),
  }
}

const numbers = (list: unknown): number[] => (Array.isArray(list) ? list.map(Number) : [])

const describe = (contact: Contact) => ({
  userid: contact.userid,
  name: contact.name,
  mobile: contact.mobile,
  state_code: contact.stateCode,
  follower_user_id: contact.follower,
  label_ids: contact.labelIds,
  title: contact.title,
  company_name: contact.company,
  address: contact.address,
  remark: contact.remark,
  share_user_ids: contact.shareUserIds,
  share_dept_ids: contact.shareDeptIds,
  email: '',
})
