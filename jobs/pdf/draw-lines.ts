import type { DraftLine, QuoteContent } from '../../domain/quote/quote.contract.js'
import { formatDecimal } from '../../lib/format/amount.js'
import { formatMoney } from '../../lib/format/money.js'
import { ink, oneLine, PAGE, type Paper, paragraphs, type Style, WIDTH } from './paper.js'

const COLUMNS = { number: 26, goods: 236, qty: 76, price: 84, sum: WIDTH - 26 - 236 - 76 - 84 }
const AT = {
  number: PAGE.left,
  goods: PAGE.left + COLUMNS.number,
  qty: PAGE.left + COLUMNS.number + COLUMNS.goods,
  price: PAGE.left + COLUMNS.number + COLUMNS.goods + COLUMNS.qty,
  sum: PAGE.left + COLUMNS.number + COLUMNS.goods + COLUMNS.qty + COLUMNS.price,
}
const PICTURE = 40
const GAP = 7
const small: Style = { size: 8, colour: ink.soft }
/** Parameters that stand in one paragraph have about so many characters. */
const PARAMS_AT_ONCE = 120

type Words = { text: string; style: Style }

/** The goods, with the head of the table again on each page that they go on to. */
export function drawLines(paper: Paper, content: QuoteContent, pictures: Record<string, Uint8Array>): void {
  drawHead(paper)
  paper.head = () => drawHead(paper)
  for (const [i, line] of content.lines.entries())
    drawLine(paper, { line, number: i + 1, fen: content.totals.lines[line.id] ?? 0 }, pictures)
  paper.head = null
}

function drawHead(paper: Paper): void {
  const { doc } = paper
  doc.rect(PAGE.left, paper.y, WIDTH, 22).fill(ink.wash)
  const style: Style = { size: 8.5, bold: true, colour: ink.soft }
  const y = paper.y + 5
  paper.put('序', AT.number, y, { ...style, width: COLUMNS.number, align: 'center' })
  paper.put('产品', AT.goods, y, { ...style, width: COLUMNS.goods })
  paper.put('数量', AT.qty, y, { ...style, width: COLUMNS.qty, align: 'right' })
  paper.put('单价（元）', AT.price, y, { ...style, width: COLUMNS.price, align: 'right' })
  paper.put('金额（元）', AT.sum, y, { ...style, width: COLUMNS.sum - 6, align: 'right' })
  paper.y += 22
}

type Numbered = { line: DraftLine; number: number; fen: number }

function drawLine(paper: Paper, { line, number, fen }: Numbered, pictures: Record<string, Uint8Array>): void {
  const picture = line.pictureId ? pictures[line.pictureId] : undefined
  const x = AT.goods + (picture ? PICTURE + 8 : 0)
  const width = COLUMNS.goods - (x - AT.goods) - 8
  const words = wordsOf(line)
  const heights = words.map(({ text, style }) => paper.measure(text, { ...style, width }))
  const first = Math.max(picture ? PICTURE : 0, heights[0] ?? 0)
  // Its name and its figures are never parted; a long list of parameters goes on overleaf.
  paper.room(first + 2 * GAP)
  const top = paper.y + GAP
  if (picture) paper.doc.image(addressOf(picture), AT.goods, top, { fit: [PICTURE, PICTURE], align: 'center', valign: 'center' })
  paper.put(String(number), AT.number, top + 0.5, { size: 9, colour: ink.faint, width: COLUMNS.number, align: 'center' })
  const figure: Style = { size: 9.5, align: 'right' }
  paper.put(`${formatDecimal(line.qty)} ${oneLine(line.unit)}`, AT.qty, top, { ...figure, width: COLUMNS.qty })
  paper.put(formatDecimal(line.price, 2), AT.price, top, {
    ...figure,
    width: COLUMNS.price,
    ...(line.gift ? { colour: ink.faint } : {}),
  })
  const sum = line.gift ? '赠送' : plainMoney(fen)
  paper.put(sum, AT.sum, top, { ...figure, width: COLUMNS.sum - 6, ...(line.gift ? { colour: ink.accent } : {}) })
  const page = paper.doc.bufferedPageRange().count
  paper.y = top
  for (const [i, { text, style }] of words.entries()) {
    paper.room((heights[i] ?? 0) + GAP)
    paper.put(text, x, paper.y, { ...style, width })
    paper.y += heights[i] ?? 0
  }
  const samePage = paper.doc.bufferedPageRange().count === page
  if (samePage && picture) paper.y = Math.max(paper.y, top + PICTURE)
  paper.y += GAP
  paper.rule()
}

function wordsOf({ name, gift, spec, code, params, note }: DraftLine): Words[] {
  const under = [spec, code].flatMap((text) => (text ? [oneLine(text)] : [])).filter((text) => text !== '')
  return [
    { text: `${oneLine(name)}${gift ? '（赠品）' : ''}`, style: { size: 9.5, bold: true } },
    ...(under.length > 0 ? [{ text: under.join('　'), style: small }] : []),
    ...inParagraphs(params.map((one) => `${oneLine(one.name)}：${oneLine(one.value)}`)).map((text) => ({
      text,
      style: { ...small, size: 7.5, colour: ink.faint },
    })),
    ...paragraphs(note ?? '').map((text) => ({ text: `注：${text}`, style: small })),
  ]
}

function inParagraphs(params: string[]): string[] {
  const out: string[] = []
  for (const param of params) {
    const last = out.at(-1)
    if (last !== undefined && last.length + param.length < PARAMS_AT_ONCE) out[out.length - 1] = `${last}；${param}`
    else out.push(param)
  }
  return out
}

/** By an address a picture that stands on many lines is embedded once. */
const addressOf = (picture: Uint8Array) => `data:image;base64,${Buffer.from(picture).toString('base64')}`

/** 「1,234.50」: the head of the column says 元. */
export const plainMoney = (fen: number): string => formatMoney(fen).replace(/ 元$/, '')
