import { priceUnits } from '../../lib/format/amount.js'
import { isNothing } from '../import/read-values.js'

/** What a cell says, and what is wrong with it in words; both null: nothing stands there. */
export type Read<T> = { value: T; wrong: null } | { value: null; wrong: string | null }

const NOTHING = { value: null, wrong: null }
const wrong = (words: string) => ({ value: null, wrong: words })
const PRICE_PLACES = 6
const QTY_PLACES = 3
const plainOf = (cell: string) => cell.normalize('NFKC').replace(/\s+/g, '')

/** A number as people write it: commas stand between thousands, nowhere else («1,5» may be one and a half). Null: it is none. */
function numberOf(text: string): { negative: boolean; whole: string; part: string } | null {
  const [, sign = '', whole, part = ''] = /^([-+]?)(\d{1,3}(?:,\d{3})+|\d*)(?:\.(\d+))?$/.exec(text) ?? []
  if (whole === undefined || (whole === '' && part === '')) return null
  const digits = whole.replaceAll(',', '').replace(/^0+(?=\d)/, '') || '0'
  return { negative: sign === '-', whole: digits, part: part.replace(/0+$/, '') }
}

/** 元 a unit, exact: 「￥1,234.5」「０．０３５元/个」「1.2万」. */
export function readPrice(cell: string): Read<string> {
  const plain = plainOf(cell)
  if (!plain || isNothing(plain) || /^(?:面议|询价|议价)$/.test(plain)) return NOTHING
  const text = plain.replace(/^(?:[¥$]|rmb|cny|人民币)/i, '').replace(/\/[\p{L}\d]{1,6}$/u, '')
  const [, number = '', unit = ''] = /^([-+]?[\d.,]+)(万)?(?:元|块|块钱|rmb|cny)?$/i.exec(text) ?? []
  const read = numberOf(number)
  if (!read) return wrong('不是一个价格')
  if (read.negative) return wrong('是负数')
  const { whole, part } = unit ? timesTenThousand(read) : read
  if (part.length > PRICE_PLACES) return wrong(`超过 ${PRICE_PLACES} 位小数`)
  if (whole.length > 9) return wrong('太大了')
  const value = part ? `${whole}.${part}` : whole
  return priceUnits(value) === 0n ? wrong('要大于 0') : { value, wrong: null }
}

function timesTenThousand({ whole, part }: { whole: string; part: string }): { whole: string; part: string } {
  const moved = part.padEnd(4, '0')
  return { whole: (whole + moved.slice(0, 4)).replace(/^0+(?=\d)/, ''), part: moved.slice(4) }
}

/** Ten thousandths: 「13%」「13」「0.13」, and 「免税」. Less than one is a share, as Excel keeps a percentage. */
export function readRate(cell: string): Read<number> {
  const plain = plainOf(cell)
  if (!plain || isNothing(plain)) return NOTHING
  if (/^(?:免税|零税率|不征税)$/.test(plain)) return { value: 0, wrong: null }
  const read = numberOf(plain.replace(/%$/, ''))
  if (!read || read.negative || read.whole.length > 3) return wrong('不是一个百分比')
  const isShare = !plain.endsWith('%') && read.whole === '0'
  const digits = read.part.padEnd(isShare ? 4 : 2, '0')
  if (digits.length > (isShare ? 4 : 2)) return wrong('小数位太多')
  const value = Number(read.whole + digits)
  return value > 10_000 ? wrong('超过 100%') : { value, wrong: null }
}

/** 「1,200 箱」「3.5」: at most three places. */
export function readStock(cell: string): Read<string> {
  const plain = plainOf(cell)
  if (!plain || isNothing(plain)) return NOTHING
  const read = numberOf(plain.replace(/\p{Script=Han}{1,4}$/u, ''))
  return read ? qtyOf(read) : wrong('不是一个数量')
}

/** From which quantity on a price holds: 「100」「≥100」「满100件」「100-499」「100以上」. */
export function readFromQty(cell: string): Read<string> {
  const plain = plainOf(cell)
  if (!plain || isNothing(plain) || /^(?:不限|任意)$/.test(plain)) return NOTHING
  const [, number = ''] =
    /^(?:≥|>=|满|从)?([\d.,]+)(?:\p{Script=Han}{0,3})(?:(?:[-~—–至到][\d.,]*(?:\p{Script=Han}{0,3}))|以上|及以上|起|\+)?$/u.exec(
      plain,
    ) ?? []
  const read = numberOf(number)
  return read ? qtyOf(read) : wrong('不是一个数量')
}

function qtyOf({ negative, whole, part }: { negative: boolean; whole: string; part: string }): Read<string> {
  if (negative) return wrong('是负数')
  if (part.length > QTY_PLACES) return wrong(`超过 ${QTY_PLACES} 位小数`)
  if (whole.length > 9) return wrong('太大了')
  return { value: part ? `${whole}.${part}` : whole, wrong: null }
}

/** Of words in Latin letters only these are units; of Chinese ones all that are short, but not 「元」. */
const LATIN = [
  'kg',
  'g',
  't',
  'm',
  'mm',
  'cm',
  'km',
  'l',
  'ml',
  'm2',
  'm3',
  'pcs',
  'pc',
  'set',
  'box',
  'ctn',
  'roll',
  'pair',
  'ea',
]

/** 「元/箱」 is 箱; 「PCS」 stays as it is written. */
export function readUnit(cell: string): Read<string> {
  const plain = plainOf(cell).replace(/^元\/|^[/]/, '')
  if (!plain || isNothing(plain)) return NOTHING
  const isUnit = LATIN.includes(plain.toLowerCase()) || /^(?!元$)\p{Script=Han}{1,4}$/u.test(plain)
  return isUnit ? { value: plain, wrong: null } : wrong(`「${plain.slice(0, 10)}」看不懂，写成个、箱、千只这样`)
}

/** 「大螺丝、六角」 → two of them. */
export const readNicknames = (cell: string): string[] => [
  ...new Set(
    cell
      .normalize('NFKC')
      .split(/[、,;/|\n]+/)
      .map((one) => one.trim())
      .filter((one) => one && !isNothing(one)),
  ),
]
