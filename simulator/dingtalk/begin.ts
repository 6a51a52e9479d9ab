import type { Deps } from '../deps.js'
import type { Fact } from '../state/state.js'
import { labelsOf } from './ext-contacts.js'

/** 外部联系人 and customers of the world that the journal doesn't know yet. One that was deleted comes back with a restart. */
export async function beginDingtalk({ store, world, clock }: Deps): Promise<void> {
  const { byId, customers } = store.state.dingtalk.contacts
  const at = clock.business()
  const facts: Fact[] = []
  for (const { userid, name, mobile, company, title, follower, labels, remark } of world.dingtalkContacts) {
    if (byId.has(userid)) continue
    const more = { stateCode: '86', labelIds: labelsOf(labels), address: '', shareUserIds: [], shareDeptIds: [], at }
    facts.push({ type: 'ding-contact', contact: { userid, name, mobile, company, title, follower, remark, ...more } })
  }
  for (const { id, name, owner, personal, contact, mobile, address, labels } of world.dingtalkCustomers) {
    if (customers.has(id)) continue
    const data = {
      customer_name: name,
      customer_phone: mobile,
      customer_address: address,
      customer_contact: contact,
      ...(labels[0] ? { customer_level: labels[0] } : {}),
    }
    const relation = personal ? 'crm_customer_personal' : 'crm_customer'
    const people = { creator: owner, owners: [owner], participants: [] }
    facts.push({ type: 'ding-customer', customer: { id, relation, data, extendData: {}, ...people, at, changedAt: at } })
  }
  if (facts.length > 0) await store.record(...facts)
}
