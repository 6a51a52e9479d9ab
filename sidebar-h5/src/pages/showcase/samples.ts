import type { AskView } from '../../../../domain/requirement/requirement.contract.js'
import type { SlotRow } from '../../components/slot-rows.js'
import type { Tone } from '../../words/asks.js'

/** Fixed, so that the page looks the same whenever it is looked at. */
export const NOW = Date.parse('2026-11-21T10:00:00+08:00')

export const TONES: Tone[] = ['plain', 'accent', 'found', 'good', 'bad']

const person = { id: 'zhao', name: '赵强', roles: ['pre-sales' as const] }

const waiting: AskView = {
  id: 'a1',
  purpose: 'confirm',
  person,
  others: [],
  standsInFor: null,
  askedAt: '2026-11-21T09:48:00+08:00',
  verdict: null,
  note: null,
  answeredAt: null,
  answeredBy: null,
  took: null,
  closed: null,
}

export const ASKS: AskView[] = [
  { ...waiting, id: 'a0', askedAt: null },
  waiting,
  { ...waiting, id: 'a2', verdict: 'can', note: '下周五能到', answeredBy: person, took: 480_000 },
  {
    ...waiting,
    id: 'a3',
    verdict: 'conditional',
    note: '要加急费',
    answeredBy: { ...person, id: 'li', name: '李娜' },
    took: 12_000_000,
  },
  { ...waiting, id: 'a4', verdict: 'cannot', answeredBy: person, took: 20_000, standsInFor: '采购' },
  { ...waiting, id: 'a5', closed: '已更正，请看新的卡片' },
]

export const rows = (): SlotRow[] => [
  { key: 'r1', slot: { field: 'quantity', item: null, before: '200套', after: '300套' } },
  { key: 'r2', slot: { field: 'delivery', item: null, before: '2026-12-17', after: '2026-11-27' } },
]
