import type { QuoteContent } from '../../domain/quote/quote.contract.js'
import { formatBp } from '../../lib/format/amount.js'
import { capitalMoney } from '../../lib/format/capital-money.js'
import { formatMoney } from '../../lib/format/money.js'
import { plainMoney } from './draw-lines.js'
import { ink, PAGE, type Paper, WIDTH } from './paper.js'

const LEFT = PAGE.left + WIDTH - 250
const ROW = 18

/** What it comes to: the sum, what comes on top and off, and the total in figures and in words. Never parted by a page. */
export function drawTotals(paper: Paper, content: QuoteContent): void {
  const rows = rowsOf(content)
  paper.room(rows.length * ROW + 80)
  paper.y += 8
  for (const [label, value] of rows) {
    paper.put(label, LEFT, paper.y, { size: 9, colour: ink.soft, width: 130 })
    paper.put(value, LEFT, paper.y, { size: 9.5, width: 244, align: 'right' })
    paper.y += ROW
  }
  const { doc } = paper
  const { totalFen, rebateFen } = content.totals
  doc.rect(LEFT - 8, paper.y, 258, 32).fill(ink.wash)
  paper.put('合计', LEFT, paper.y + 9, { size: 10, bold: true, width: 60 })
  paper.put(formatMoney(totalFen), LEFT, paper.y + 5, { size: 14, bold: true, colour: ink.accent, width: 244, align: 'right' })
  paper.y += 38
  paper.put(`大写：${capitalMoney(totalFen)}`, PAGE.left, paper.y, { size: 9, width: WIDTH - 6, align: 'right' })
  paper.y += ROW
  if (rebateFen > 0) {
    const words = `按阶梯返点，本单可返 ${formatMoney(rebateFen)}`
    paper.put(words, PAGE.left, paper.y, { size: 8.5, colour: ink.soft, width: WIDTH - 6, align: 'right' })
    paper.y += ROW
  }
}

function rowsOf({ totals, tax, freight }: QuoteContent): [string, string][] {
  const rows: [string, string][] = [['小计', plainMoney(totals.subtotalFen)]]
  if (totals.giftFen > 0) rows.push(['赠品价值（不计入合计）', plainMoney(totals.giftFen)])
  rows.push(['运费', freight.how === 'fixed' ? plainMoney(totals.freightFen) : freight.how === 'collect' ? '到付' : '已含'])
  if (totals.discountFen > 0) rows.push(['整单优惠', `-${plainMoney(totals.discountFen)}`])
  rows.push(tax.included ? ['税', `价格已含 ${formatBp(tax.rateBp)} 税`] : taxRow(tax.rateBp, totals.taxFen))
  return rows
}

const taxRow = (rateBp: number, taxFen: number): [string, string] =>
  rateBp === 0 ? ['税', '不含税'] : [`税额（${formatBp(rateBp)}）`, plainMoney(taxFen)]
