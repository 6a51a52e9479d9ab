import { formatBp, formatDecimal } from '../../lib/format/amount.js'
import { formatDayShort } from '../../lib/format/dates.js'
import { formatMoney } from '../../lib/format/money.js'
import type { Difference, DraftLine, QuoteContent } from './quote.contract.js'

/**
 * What one version says otherwise than another, as a person reads it: 「M8 螺丝 数量 200 箱 → 300 箱」. Lines are followed by their
 * id, whatever they are called by now. Both are what was sent: nothing else is looked at.
 */
export function diffVersions(before: QuoteContent, after: QuoteContent): Difference[] {
  const row = (label: string, of: (content: QuoteContent) => string) => differ(label, of(before) || null, of(after) || null)
  return [
    ...row('标题', (one) => one.title),
    ...diffLines(before, after),
    ...row('运费', freightWords),
    ...row('整单优惠', (one) => (one.totals.discountFen ? formatMoney(one.totals.discountFen) : '')),
    ...row('税', (one) => `${one.tax.included ? '含' : '另加'} ${formatBp(one.tax.rateBp)} 税`),
    ...row('付款', (one) => one.terms.payment),
    ...row('分期', (one) => one.instalments.map((part) => `${part.label} ${formatBp(part.shareBp)}（${part.when}）`).join('、')),
    ...row('交期', (one) => one.terms.delivery),
    ...row('返点', (one) => one.rebates.map((step) => `满 ${formatMoney(step.fromFen)}返 ${formatBp(step.rateBp)}`).join('、')),
    ...row('其他约定', (one) => one.terms.other),
    ...row('技术说明', (one) => one.risks.map((risk) => risk.words).join('；')),
    ...row('有效期', (one) => `${formatDayShort(one.validUntil, after.sentAt)}止`),
    ...row('合计', (one) => formatMoney(one.totals.totalFen)),
  ]
}

/** 「M8 螺丝 200 箱 → 300 箱；单价 0.035 元 → 0.033 元；合计 …」, in one sentence. */
export const diffWords = (differences: Difference[]): string =>
  differences
    .map(({ label, before, after }) => {
      if (before === null) return `${label} 加上 ${after}`
      return after === null ? `${label} 去掉了` : `${label} ${before} → ${after}`
    })
    .join('；')

function diffLines(before: QuoteContent, after: QuoteContent): Difference[] {
  const were = new Map(before.lines.map((line) => [line.id, line]))
  const are = new Set(after.lines.map(({ id }) => id))
  const gone = before.lines.filter(({ id }) => !are.has(id))
  return [
    ...gone.flatMap((line) => differ(nameOf(line), lineWords(line), null)),
    ...after.lines.flatMap((line) => {
      const was = were.get(line.id)
      return was ? diffLine(was, line) : differ(nameOf(line), null, lineWords(line))
    }),
  ]
}

function diffLine(was: DraftLine, is: DraftLine): Difference[] {
  const name = nameOf(is)
  return [
    ...differ('产品', nameOf(was), name),
    ...differ(name, qtyWords(was), qtyWords(is)),
    ...differ(`${name} 单价`, priceWords(was), priceWords(is)),
    ...differ(`${name} 备注`, was.note || null, is.note || null),
    ...differ(`${name} 参数`, paramWords(was), paramWords(is)),
  ]
}

const differ = (label: string, before: string | null, after: string | null): Difference[] =>
  before === after ? [] : [{ label, before, after }]

const nameOf = ({ name, spec }: DraftLine) => [name, spec].filter(Boolean).join(' ')
const qtyWords = ({ qty, unit }: DraftLine) => `${formatDecimal(qty)} ${unit}`
const priceWords = ({ price, gift }: DraftLine) => (gift ? '赠送' : `${formatDecimal(price)} 元`)
const lineWords = (line: DraftLine) => `${qtyWords(line)}，${line.gift ? '赠送' : `单价 ${priceWords(line)}`}`
const paramWords = ({ params }: DraftLine) => params.map(({ name, value }) => `${name} ${value}`).join('、') || null

function freightWords({ freight }: QuoteContent): string {
  if (freight.how === 'fixed') return `另计 ${formatMoney(freight.fen)}`
  return freight.how === 'collect' ? '到付' : '含运费'
}
