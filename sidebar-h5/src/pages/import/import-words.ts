import type { Field, ImportRow } from '../../../../domain/import/import.contract.js'
import { formatDayShort } from '../../../../lib/format/dates.js'
import { formatMoneyShort } from '../../../../lib/format/money.js'
import type { Tone } from '../../words/asks.js'

export const FIELDS: { field: Field; label: string }[] = [
  { field: 'company', label: '公司' },
  { field: 'contact', label: '联系人' },
  { field: 'phone', label: '电话' },
  { field: 'owner', label: '归属' },
  { field: 'tier', label: '等级' },
  { field: 'lastOrderOn', label: '最后进货' },
  { field: 'owed', label: '欠款' },
]

export const STATES = { preview: '待确认', running: '正在导入', done: '已导入', dropped: '已作废' }

/** A line of a file as a list of lines shows it, whatever the file brings. */
export type LineView = {
  id: string
  line: number
  title: string
  facts: string
  error: string | null
  badge: { words: string; tone: Tone }
}

export const lineOf = (row: ImportRow, now: number): LineView => ({
  ...{ id: row.id, line: row.line, title: row.company || '（没有公司）', facts: rowWords(row, now), error: row.error },
  badge: row.isKnown ? { words: '已有', tone: 'plain' } : { words: '新客户', tone: 'good' },
})

/** Everything of a row but its company, in one line. */
export function rowWords(row: ImportRow, now: number): string {
  const facts = [
    row.contact,
    row.phones.join('、'),
    row.owner && `归 ${row.owner}`,
    row.tier && `${row.tier} 级`,
    row.lastOrderOn && `${formatDayShort(row.lastOrderOn, now)}进货`,
    row.owedFen !== null && row.owedFen !== 0 && `欠 ${formatMoneyShort(row.owedFen)}`,
  ]
  return facts.filter(Boolean).join(' · ')
}
