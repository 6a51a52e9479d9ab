import { formatDayShort, isIsoDay } from './dates.js'
import { formatMoneyShort } from './money.js'

type Field = 'quantity' | 'delivery' | 'price' | 'budget' | 'terms' | 'item' | 'spec' | 'other'

const LABELS: Record<Field, string> = {
  quantity: '数量',
  delivery: '交期',
  price: '价格',
  budget: '预算',
  terms: '账期',
  item: '内容',
  spec: '规格',
  other: '其他',
}

/** What a salesperson calls a field. */
export const slotLabel = (field: Field): string => LABELS[field]

/**
 * Slots travel as machines need them (ISO days or `a/b` ranges, yuan as a plain number, 「200套」); this is how a person
 * reads one: 「11月27日」「11月27日～12月1日」「8.5 万」「200 套」. Anything else stands as it is.
 */
export function slotValue(field: Field, value: string, now: Date | string | number): string {
  if (field === 'delivery')
    return value.split('/').every(isIsoDay)
      ? value
          .split('/')
          .map((day) => formatDayShort(day, now))
          .join('～')
      : value
  if ((field === 'budget' || field === 'price') && /^\d+(\.\d+)?$/.test(value)) return yuan(value)
  if (field === 'quantity') return value.replace(/^([\d.]+)\s*(?=[^\d.\s])/, '$1 ')
  return value
}

/** Unit prices go below a 分 (a screw at 0.035 元); those are said exactly. */
function yuan(value: string): string {
  const fen = Number(value) * 100
  return Number.isSafeInteger(Math.round(fen)) && Math.abs(fen - Math.round(fen)) < 1e-6
    ? formatMoneyShort(Math.round(fen))
    : `${value} 元`
}
