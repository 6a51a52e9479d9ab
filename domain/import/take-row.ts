import { newId } from '../../lib/ids.js'
import type { SealedPhone } from '../contact/contact-phones.js'
import type { Holder } from './find-known.js'
import { companyKey, personKey } from './name-keys.js'
import type { Values } from './read-row.js'

export type ReadRow = {
  id: string
  values: Values
  error: string | null
  phones: SealedPhone[]
  matchedContactId: string | null
}
export type KnownContact = { id: string; name: string; customerId: string | null }
type Facts = { tier: string | null; lastOrderOn: string | null; owedFen: bigint | null }

/** What one batch knows and what it makes; later rows see what earlier ones made. */
export type Taking = {
  /** By how the name compares. */
  customers: Map<string, string>
  /** By a number's hash. */
  holders: Map<string, Holder[]>
  contacts: Map<string, KnownContact>
  made: {
    customers: Map<string, { id: string; name: string; ownerId: string }>
    contacts: { id: string; name: string; customerId: string }[]
    joined: { contactId: string; customerId: string }[]
    phones: ({ contactId: string } & SealedPhone)[]
    /** What the list says of a customer, by its id. */
    facts: Map<string, Facts>
  }
}
export type Taken = { id: string; error: string | null; customerId: string | null; contactId: string | null }

/** Decides what one row adds to what is there: nothing is overwritten but what the list knows better. */
export function takeRow({ id, values, error, phones, matchedContactId }: ReadRow, taking: Taking): Taken {
  const ownerId = values.ownerId
  if (error || !ownerId) return { id, error: error ?? '没有归属', customerId: null, contactId: null }
  const key = companyKey(values.company)
  const having = phones.flatMap(({ hash }) => taking.holders.get(hash) ?? [])
  const there = taking.customers.get(key) ?? null
  if (having.some((one) => one.customerId !== null && one.customerId !== there))
    return { id, error: '这个电话的联系人已经在另一家客户名下', customerId: null, contactId: null }

  const customerId = there ?? makeCustomer(taking, { key, name: values.company, ownerId })
  addFacts(taking, customerId, values)
  const contactId = placeContact(taking, { customerId, values, having, matchedContactId, hasPhones: phones.length > 0 })
  if (contactId)
    for (const phone of phones) {
      taking.made.phones.push({ contactId, ...phone })
      const holder = { contactId, customerId, name: values.contact, isExternal: false }
      taking.holders.set(phone.hash, [
        ...(taking.holders.get(phone.hash) ?? []).filter((one) => one.contactId !== contactId),
        holder,
      ])
    }
  return { id, error: null, customerId, contactId }
}

function makeCustomer(taking: Taking, { key, name, ownerId }: { key: string; name: string; ownerId: string }): string {
  const id = newId()
  taking.made.customers.set(id, { id, name, ownerId })
  taking.customers.set(key, id)
  return id
}

/** Several lines of one company: the first that says a thing counts, the latest day of purchase does. */
function addFacts(taking: Taking, customerId: string, { tier, lastOrderOn, owedFen }: Values): void {
  const before = taking.made.facts.get(customerId)
  const days = [before?.lastOrderOn, lastOrderOn].filter((day) => typeof day === 'string').sort()
  taking.made.facts.set(customerId, {
    tier: before?.tier ?? tier,
    lastOrderOn: days.at(-1) ?? null,
    owedFen: before?.owedFen ?? owedFen,
  })
}

type Placing = {
  customerId: string
  values: Values
  having: Holder[]
  matchedContactId: string | null
  hasPhones: boolean
}

/** The row's person: whom we were told it is, who has that number in this company, who is called that there; else a new one. */
function placeContact(taking: Taking, { customerId, values, having, matchedContactId, hasPhones }: Placing): string | null {
  const matched = matchedContactId ? taking.contacts.get(matchedContactId) : undefined
  if (matched && (matched.customerId === null || matched.customerId === customerId)) {
    if (matched.customerId === null) taking.made.joined.push({ contactId: matched.id, customerId })
    matched.customerId = customerId
    return matched.id
  }
  const byPhone = having.find((one) => one.customerId === customerId)
  if (byPhone) return byPhone.contactId
  if (!values.contact && !hasPhones) return null
  const name = values.contact || values.company
  const same = [...taking.contacts.values()].find(
    (one) => one.customerId === customerId && personKey(one.name) === personKey(name),
  )
  if (same) return same.id
  const id = newId()
  taking.made.contacts.push({ id, name, customerId })
  taking.contacts.set(id, { id, name, customerId })
  return id
}
