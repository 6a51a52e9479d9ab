import type { CrmCustomer, CustomerKind } from '../channels/dingtalk/crm.js'
import { sealPhone } from '../domain/contact/contact-phones.js'
import type { ListedLine } from '../domain/listed-contact/listed-line.js'
import type { Secrets } from '../lib/secret.js'

/** A field of the form is text, or text with what belongs to it. */
const textOf = (field: unknown): string => {
  if (typeof field === 'string') return field.trim()
  const value = typeof field === 'object' && field !== null && 'value' in field ? field.value : null
  return typeof value === 'string' ? value.trim() : ''
}

/**
 * A customer of 钉钉 CRM as a line: the person where one is named, else the company itself. The phone is sealed before anything
 * is written. Null: nobody is named.
 */
export function sealCustomer(phones: Secrets, customer: CrmCustomer, kind: CustomerKind): ListedLine | null {
  const { instanceId, data, owners, participants, createdAt } = customer
  const name = textOf(data.customer_name)
  const person = textOf(data.customer_contact)
  if (name === '') return null
  const number = Object.entries(data).flatMap(([field, value]) => (/phone|mobile|tel/i.test(field) ? textOf(value) : []))
  const [phone = null] = number.flatMap((text) => sealPhone(phones, text) ?? [])
  const [follower = null, ...others] = owners
  return {
    value: instanceId,
    name: person || name,
    phone,
    company: kind === 'company' || person ? name : null,
    remark: null,
    follower,
    sharedWith: [...others, ...participants],
    at: createdAt,
  }
}
