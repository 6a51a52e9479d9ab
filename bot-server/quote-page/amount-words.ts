import { formatMoney } from '../../lib/format/money.js'

/** 「1,234.50」: exact, where 元 stands beside it. */
export const yuan = (fen: number): string => formatMoney(fen).replace(' 元', '')
