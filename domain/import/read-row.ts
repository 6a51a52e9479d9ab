import type { Columns, Field } from './import.contract.js'
import { isNothing, readDay, readMoney, readPhones, readTier } from './read-values.js'

/** One line as it would be taken in. Phones as they are dialled. */
export type Values = {
  company: string
  contact: string
  phones: string[]
  /** As the file says it; empty: nobody. */
  owner: string
  ownerId: string | null
  tier: string | null
  lastOrderOn: string | null
  owedFen: bigint | null
}

export type Reading = {
  columns: Columns
  /** A name in the file → whose it is. */
  ownerOf: (name: string) => string | null
  defaultOwnerId: string
  /** ISO day: nobody bought after it. */
  today: string
}

const LONGEST = { company: 100, contact: 40 }

/** What a line says, and what is wrong with it in words; null: it can be taken in. */
export function readRow(cells: string[], reading: Reading): { values: Values; error: string | null } {
  const of = (field: Field) => {
    const at = reading.columns[field]
    const text = at === null || at === undefined ? '' : (cells[at] ?? '').replace(/\s+/g, ' ').trim()
    return isNothing(text) ? '' : text
  }
  const [company, contact, owner] = [of('company'), of('contact'), of('owner')]
  const { phones, wrong } = readPhones(of('phone'))
  const [tier, day, owed] = [of('tier'), of('lastOrderOn'), of('owed')]
  const values: Values = {
    company: company || contact,
    contact,
    phones,
    owner,
    ownerId: owner ? reading.ownerOf(owner) : reading.defaultOwnerId,
    tier: tier ? readTier(tier) : null,
    lastOrderOn: day ? readDay(day) : null,
    owedFen: owed ? readMoney(owed) : null,
  }
  const errors = [
    !values.company && '公司和联系人都是空的',
    company.length > LONGEST.company && `公司名超过 ${LONGEST.company} 个字`,
    contact.length > LONGEST.contact && `联系人超过 ${LONGEST.contact} 个字`,
    wrong && '电话不是有效的手机号，也不是带区号的座机',
    owner && !values.ownerId && `没有叫「${owner.slice(0, 20)}」的同事`,
    tier && !values.tier && '等级只认 A、B、C',
    day && !values.lastOrderOn && '最后进货不是一个日期',
    values.lastOrderOn && values.lastOrderOn > reading.today && '最后进货是将来的日子',
    owed && values.owedFen === null && '欠款不是一个金额',
  ].filter((words) => typeof words === 'string' && words !== '')
  return { values, error: errors.length > 0 ? errors.join('；') : null }
}
