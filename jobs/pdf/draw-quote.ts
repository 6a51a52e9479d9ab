import type { QuoteContent } from '../../domain/quote/quote.contract.js'
import { formatBp } from '../../lib/format/amount.js'
import { formatDayShort } from '../../lib/format/dates.js'
import { formatMoney } from '../../lib/format/money.js'
import { splitInstalments } from '../../lib/format/split-instalments.js'
import { drawLines } from './draw-lines.js'
import { drawTotals } from './draw-totals.js'
import { ink, oneLine, PAGE, type Paper, type Style, WIDTH } from './paper.js'

const HALF = (WIDTH - 24) / 2
const label: Style = { size: 8, colour: ink.faint }

/** With its year: a paper outlives it. */
export const fullDay = (at: string): string => formatDayShort(at, 0)
/** «End of the last day» may be written as the midnight after it. */
const lastDay = (validUntil: string): string => formatDayShort(Date.parse(validUntil) - 1, 0)

/** The quote as the customer reads it: who to whom, what, for how much, on which terms. */
export function drawQuote(paper: Paper, content: QuoteContent, pictures: Record<string, Uint8Array>): void {
  drawTitle(paper, content)
  drawParties(paper, content)
  drawLines(paper, content, pictures)
  drawTotals(paper, content)
  drawTerms(paper, content)
  drawInstalments(paper, content)
  drawRebates(paper, content)
  drawRisks(paper, content)
}

function drawTitle(paper: Paper, { title, number, version, sentAt, validUntil }: QuoteContent): void {
  const top = paper.y
  const right: Style = { size: 9, colour: ink.soft, align: 'right' }
  paper.put(`报价 ${number} · 第 ${version} 版`, PAGE.left, top + 2, { ...right, bold: true, colour: ink.plain })
  paper.put(`报价日期　${fullDay(sentAt)}`, PAGE.left, top + 17, right)
  paper.put(`有效期至　${lastDay(validUntil)}`, PAGE.left, top + 31, right)
  paper.put('报价单', PAGE.left, top - 6, { size: 24, bold: true, width: 200 })
  paper.y = top + 30
  const words = oneLine(title)
  // A quote without a title of its own is called by its number, which stands beside.
  if (words && words !== `报价 ${number}`) paper.say(words, { size: 10.5, colour: ink.soft, width: WIDTH - 180 })
  paper.y = Math.max(paper.y, top + 46) + 8
  paper.rule(ink.accent, 1.6)
  paper.y += 12
}

function drawParties(paper: Paper, { to, from }: QuoteContent): void {
  const top = paper.y
  const ends = [
    drawParty(paper, { what: '报价给', name: to.company, under: [to.name] }, { x: PAGE.left, top }),
    drawParty(
      paper,
      { what: '报价方', name: from.organisation, under: [from.name, from.phone] },
      { x: PAGE.left + HALF + 24, top },
    ),
  ]
  paper.y = Math.max(...ends) + 14
}

type Party = { what: string; name: string; under: (string | null)[] }

function drawParty(paper: Paper, { what, name, under }: Party, { x, top }: { x: number; top: number }): number {
  const company: Style = { size: 11.5, bold: true, width: HALF }
  paper.put(what, x, top, { ...label, width: HALF })
  paper.put(oneLine(name), x, top + 13, company)
  const y = top + 13 + paper.measure(oneLine(name), company) + 1
  const people = under.flatMap((one) => (one ? [oneLine(one)] : [])).join('　')
  const style: Style = { size: 9.5, colour: ink.soft, width: HALF }
  if (people) paper.put(people, x, y, style)
  return y + paper.measure(people, style)
}

function drawTerms(paper: Paper, { terms, freight, validDays, validUntil }: QuoteContent): void {
  const how = { included: '含运费', fixed: `另计 ${formatMoney(freight.fen)}`, collect: '到付' }[freight.how]
  const rows: [string, string][] = [
    ['付款方式', terms.payment],
    ['交货', terms.delivery],
    ['运费', how],
    ['有效期', `${validDays} 天，至 ${lastDay(validUntil)}`],
    ['其他', terms.other],
  ]
  drawSection(paper, '条款')
  for (const [name, words] of rows) if (words.trim()) drawRow(paper, name, words)
}

function drawInstalments(paper: Paper, content: QuoteContent): void {
  const rows = splitInstalments(content.instalments, content.totals.totalFen)
  if (rows.length === 0) return
  drawSection(paper, '分期付款')
  for (const { label: name, when, shareBp, fen } of rows)
    drawRow(paper, oneLine(name), `${formatBp(shareBp)} · ${formatMoney(fen)} · ${oneLine(when)}`)
}

function drawRebates(paper: Paper, { rebates }: QuoteContent): void {
  if (rebates.length === 0) return
  drawSection(paper, '阶梯返点')
  for (const { fromFen, rateBp } of rebates) drawRow(paper, `满 ${formatMoney(fromFen)}`, `返 ${formatBp(rateBp)}`)
}

function drawRisks(paper: Paper, { risks }: QuoteContent): void {
  if (risks.length === 0) return
  drawSection(paper, '需要提前说明')
  for (const [i, { words }] of risks.entries()) drawRow(paper, String(i + 1), words)
}

/** A heading stays with what follows it. */
export function drawSection(paper: Paper, words: string): void {
  paper.y += 12
  paper.room(44)
  paper.doc.rect(PAGE.left, paper.y + 2.5, 3, 10).fill(ink.accent)
  paper.put(words, PAGE.left + 9, paper.y, { size: 10.5, bold: true })
  paper.y += 20
}

const NAME = 120

export function drawRow(paper: Paper, name: string, words: string): void {
  const style: Style = { size: 9, colour: ink.soft, width: NAME - 12 }
  const height = paper.measure(name, style)
  paper.room(Math.max(height, 14))
  const { top, page } = { top: paper.y, page: paper.doc.bufferedPageRange().count }
  paper.put(name, PAGE.left + 9, paper.y, style)
  paper.say(words, { size: 9, x: PAGE.left + NAME, width: WIDTH - NAME })
  if (paper.doc.bufferedPageRange().count === page) paper.y = Math.max(paper.y, top + height)
  paper.y += 4
}
