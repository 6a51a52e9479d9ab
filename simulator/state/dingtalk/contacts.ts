/** 外部联系人 and the personal customers of the official CRM. Times are business time. */
export type ContactFact =
  | { type: 'ding-contact'; contact: Contact }
  | { type: 'ding-contact-deleted'; userid: string }
  | { type: 'ding-customer'; customer: Customer }
  | { type: 'ding-customer-deleted'; id: string }

/** Members by their userid on DingTalk. */
export type Contact = {
  userid: string
  name: string
  mobile: string
  stateCode: string
  follower: string
  labelIds: number[]
  title: string
  company: string
  address: string
  remark: string
  shareUserIds: string[]
  shareDeptIds: number[]
  at: number
}
/** A company's, or a single person's. */
export type Relation = 'crm_customer' | 'crm_customer_personal'
export type Customer = {
  id: string
  relation: Relation
  creator: string
  data: Record<string, unknown>
  extendData: Record<string, unknown>
  owners: string[]
  participants: string[]
  at: number
  changedAt: number
}
export type Contacts = { byId: Map<string, Contact>; customers: Map<string, Customer> }

export const createContacts = (): Contacts => ({ byId: new Map(), customers: new Map() })

export function applyContact(contacts: Contacts, fact: ContactFact): void {
  switch (fact.type) {
    case 'ding-contact':
      contacts.byId.set(fact.contact.userid, fact.contact)
      break
    case 'ding-contact-deleted':
      contacts.byId.delete(fact.userid)
      break
    case 'ding-customer':
      contacts.customers.set(fact.customer.id, fact.customer)
      break
    case 'ding-customer-deleted':
      contacts.customers.delete(fact.id)
  }
}
