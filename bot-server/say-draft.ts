import type { Ordered } from '../domain/quote/draft-order.js'
import type { DraftCheck, Finding, QuoteBrief, QuoteDraft, QuoteState, QuoteView } from '../domain/quote/quote.contract.js'
import { formatBp, formatDecimal } from '../lib/format/amount.js'
import { formatDayShort } from '../lib/format/dates.js'
import { formatMoney } from '../lib/format/money.js'

/** A chat is no paper: of a long quote the first lines are read out. */
const MOST_LINES = 12
const MOST_QUOTES = 5

type Said = { quote: QuoteView; draft: QuoteDraft; check: DraftCheck; order: Ordered; unread: string[]; url: string }

/** A draft in words: what is on it, what it comes to, what was not sure, what stands in its way, and where it is looked over. */
export function sayDraft({ quote, draft, check, order, unread, url }: Said): string {
  const { lines } = draft
  const head = `报价 ${quote.number} · ${quote.customer.name}：草稿写好了，还没发出。`
  if (lines.length === 0) return [head, '还没有产品，点开添上：', url].join('\n')
  return [
    head,
    ...lines.slice(0, MOST_LINES).map((line, i) => `${i + 1}. ${sayLine(line, check.totals.lines[line.id] ?? 0)}`),
    ...(lines.length > MOST_LINES ? [`……一共 ${lines.length} 项`] : []),
    sayTerms(draft),
    `合计 ${formatMoney(check.totals.totalFen)}`,
    ...doubtsOf(order, unread).map((words) => `· ${words}`),
    ...sayFindings('还不能发出', check.findings, 'stop'),
    ...sayFindings('要请经理同意', check.findings, 'approve'),
    `核对、发出：${url}`,
  ].join('\n')
}

function sayLine({ name, spec, qty, unit, price, gift }: QuoteDraft['lines'][number], fen: number): string {
  const what = [name, spec].filter(Boolean).join(' ')
  const count = `${formatDecimal(qty)} ${unit}`
  if (gift) return `${what} ${count}（赠送）`
  return price === '0' ? `${what} ${count}（还没有价）` : `${what} ${count} × ${formatDecimal(price, 2)} = ${formatMoney(fen)}`
}

function sayTerms({ tax, freight, terms }: QuoteDraft): string {
  const taxWords = tax.included ? `含 ${formatBp(tax.rateBp)} 税` : tax.rateBp > 0 ? `另加 ${formatBp(tax.rateBp)} 税` : '不含税'
  const freightWords = { included: '含运费', fixed: `运费 ${formatMoney(freight.fen)}`, collect: '运费到付' }[freight.how]
  return [taxWords, freightWords, terms.payment, terms.delivery].filter(Boolean).join('，')
}

function doubtsOf({ lines }: Ordered, unread: string[]): string[] {
  const names = (some: Ordered['lines']) => some.map((line) => `「${line.name}」`).join('')
  const free = lines.filter(({ product }) => product === null)
  const uncounted = lines.filter(({ qty }) => qty === null)
  const others = lines.filter(({ otherUnit, price }) => otherUnit && price === null)
  return [
    ...(free.length > 0 ? [`${names(free)}产品库里没有，先按你的说法记了`] : []),
    ...(uncounted.length > 0 ? [`${names(uncounted)}没说数量，先按 1 记`] : []),
    ...others.map(({ name, unit, product }) => `「${name}」产品库按${product?.unit}计价，你说的是${unit}，价格请自己填`),
    ...(unread.length > 0 ? [`没看懂，没写进去：${unread.join('、')}`] : []),
  ]
}

function sayFindings(title: string, findings: Finding[], weight: Finding['weight']): string[] {
  const words = findings.filter((one) => one.weight === weight).map((one) => one.words)
  return words.length > 0 ? [`${title}：${words.join('；')}`] : []
}

const stateWords: Record<QuoteState, string> = {
  ...{ draft: '草稿', sent: '已发出', accepted: '客户已确认', declined: '客户暂不考虑', withdrawn: '已撤回' },
}

/** A customer's quotes, the newest first. */
export function sayQuotes(name: string, quotes: QuoteBrief[], now: Date, urlOf: (quote: QuoteBrief) => string): string {
  if (quotes.length === 0) return `${name}还没有报价。要做一份，发「报价 ${name} 产品 数量」。`
  const lines = quotes.slice(0, MOST_QUOTES).map((quote) => {
    const { number, title, state, version, totalFen, openedAt, validUntil } = quote
    const open =
      state === 'sent' ? [openedAt ? '客户打开过' : '客户还没打开', ...(validUntil ? [lastDay(validUntil, now)] : [])] : []
    const said = [
      stateWords[state],
      ...(version > 0 ? [`第 ${version} 版`] : []),
      ...(totalFen === null ? [] : [formatMoney(totalFen)]),
    ]
    return `报价 ${number} · ${title}\n${[...said, ...open].join('，')}\n${urlOf(quote)}`
  })
  const more = quotes.length > MOST_QUOTES ? [`另有 ${quotes.length - MOST_QUOTES} 份更早的，在聊天页里看。`] : []
  return [`${name}的报价`, ...lines, ...more].join('\n\n')
}

const lastDay = (validUntil: string, now: Date) => `有效期到${formatDayShort(Date.parse(validUntil) - 1, now)}`
