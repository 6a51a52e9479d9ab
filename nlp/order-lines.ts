export type OrderLine = {
  name: string
  /** A decimal of at most three places; null: none was said. */
  qty: string | null
  unit: string | null
  /** 元 a unit, as a decimal of at most six places. */
  price: string | null
  gift: boolean
}
/** What was read at a place of the text. A price that is not `sure` is a bare number. */
export type Mark = { from: number; to: number } & (
  | { is: 'quantity'; qty: string; unit: string }
  | { is: 'price'; price: string; sure: boolean; said: string }
  | { is: 'other' }
)

const GIFT = /^(?:另外?)?(?:再)?(?:赠送|免费送|送|赠)\s?/
const ASKS =
  /^(?:请|麻烦)?(?:给|帮我?|替|我)*(?:想要?|要)?(?:做|出|开|打|弄|整|写|报|来|新建|生成|算)?(?:一下|一?[份个版张])?的?(?:报价单|报价|价格单|个价|价单|价(?=[\s:,，]|$))(?:单)?(?:给)?/
const BEGINS = /^(?:给|帮我|麻烦|请|客户要|我要|要|以及|还有|另外|再加|加上|再来|再|和|跟|及|各|的|[\s:,.\-+])+/
const ENDS = /(?:的报价单?|报价单?|的价格?|单价|价格|各|共|一共|总共|的|[\s:,.\-+])+$/
const LONGEST_NAME = 80

type Piece = { words: string } | Mark | 'end'

/**
 * A line is a name and the count and price that stand with it, before it or behind; signs end one. `marks`: what was read in the
 * text, in order. Names without a count stand for one where nothing at all was counted, else they are `unread`.
 */
export function readLines(text: string, marks: Mark[]): { lines: OrderLine[]; unread: string[] } {
  const named: OrderLine[] = []
  const counted = marks.some(({ is }) => is === 'quantity')
  const at: { line: OrderLine | null } = { line: null }
  /** A price that was said before the count. */
  let early: string | null = null
  const close = () => {
    if (at.line && (at.line.name !== '' || at.line.qty !== null)) named.push(at.line)
    at.line = null
  }
  const begin = () => (at.line ??= { name: '', qty: null, unit: null, price: null, gift: false })
  for (const piece of piecesOf(text, marks)) {
    if (piece === 'end') {
      // 「M8螺丝，镀锌，200箱」: what has a name and no count yet goes on, where anything is counted.
      if (at.line && (at.line.qty !== null || !counted)) close()
      continue
    }
    if ('words' in piece) {
      const gift = GIFT.test(piece.words)
      const name = nameOf(piece.words.replace(GIFT, ''), named.length + (at.line ? 1 : 0) === 0)
      if (name === '') {
        if (gift) {
          close()
          begin().gift = true
        }
        continue
      }
      if (at.line && at.line.qty !== null && at.line.name !== '') close()
      const line = begin()
      line.gift ||= gift
      line.name = [line.name, name].filter(Boolean).join(' ')
    } else if (piece.is === 'quantity') {
      if (at.line && at.line.qty !== null) close()
      Object.assign(begin(), { qty: piece.qty, unit: piece.unit })
    } else if (piece.is === 'price') {
      const line = at.line ?? named.at(-1)
      if (!line) continue
      if (line.price === null) early = line.qty === null ? piece.said : null
      // 「PE管 4分 100米 3块5一米」: what looked like a price was a size.
      else if (early !== null && line.qty !== null) line.name = `${line.name} ${early.trim()}`
      else continue
      line.price = piece.price
    }
  }
  close()
  const isLine = (line: OrderLine) => line.qty !== null || !counted
  const said = named.filter(({ name }) => name !== '')
  return {
    lines: said.filter(isLine).map((line) => ({ ...line, name: [...line.name].slice(0, LONGEST_NAME).join('') })),
    unread: said.filter((line) => !isLine(line)).map(({ name }) => name),
  }
}

function* piecesOf(text: string, marks: Mark[]): Generator<Piece> {
  let at = 0
  const between = function* (to: number): Generator<Piece> {
    const parts = text.slice(at, to).split(/[，,、;；。!！\n]|\s(?=和|及|跟)/)
    for (const [i, words] of parts.entries()) {
      if (i > 0) yield 'end'
      if (words.trim() !== '') yield { words: words.trim() }
    }
  }
  for (const mark of marks) {
    yield* between(mark.from)
    yield mark
    at = mark.to
  }
  yield* between(text.length)
  yield 'end'
}

const nameOf = (words: string, first: boolean): string =>
  (first ? words.trim().replace(ASKS, '') : words.trim()).replace(BEGINS, '').replace(ENDS, '').replaceAll(/\s+/g, ' ')
