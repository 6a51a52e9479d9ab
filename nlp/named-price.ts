import { readAmounts } from './entities/amount.js'
import { normalize } from './normalize.js'

/** Read at most: what is longer is a document. */
const LONGEST = 2_000

/** Money that is no price of the goods. */
const OTHER_MONEY =
  /运费|邮费|快递|物流|运输|税(?!前|后|价)|罚|押金|定金|订金|预付|首付|尾款|货款|欠|打款|付款|付了|付过|转账|转了|到账|汇款|汇了|返点|返现|红包|开票|发票|补(?:差|您|你)|差价|赔|保证金|上次|去年|之前|原来|以前/
/** The customer's own figure, somebody else's, or a question about one. */
const NOT_OURS =
  /(?:(?<![给跟为帮和替])[您你]|贵司|客户|他们|别家|别人|人家|对方|同行|市场)(?:那边|这边|们)?(?:说|讲|提|给|出|报|要|想|希望|期望|心理|能接受|的)[^，。；！？?!;\n]{0,8}$|预算|成本|进价|心理价|目标价|(?:多少|几块|什么价)|(?:吗|么|呢|没)\s*[?？]?$/
/** Less than this of a thing that is asked about: 「便宜5块」 moves a price and names none. */
const MOVES = /(?:便宜|优惠|让|降|减|少|抹|涨|贵|加|省)(?:了|个|您|你|到?您|一?点)?\s*$/

/** 「12.5一套」 and 「总共 8 万」 of one of ours, in 元. `total`: of everything. */
export type NamedPrice = { yuan: number; total: boolean; words: string }

const TOTAL = /总价|总共|一共|合计|总计|总额|全部|打包价?|整单|共计/

/**
 * The price that one of ours names to a customer, the last one of a message; null where none is named. Not what goods cost to
 * bring, nor a deposit, nor what the customer said it should be. Pure.
 */
export function readNamedPrice(text: string): NamedPrice | null {
  const plain = normalize(text.slice(0, LONGEST))
  let found: NamedPrice | null = null
  for (const { words, from } of clausesOf(plain)) {
    if (OTHER_MONEY.test(words)) continue
    for (const amount of readAmounts(words)) {
      const before = words.slice(0, amount.from)
      const priced = amount.signed || /价|报|总共|一共|合计|单价|给[您你]/.test(before)
      if (!priced || amount.value <= 0 || amount.bound !== 'none') continue
      if (NOT_OURS.test(before) || NOT_OURS.test(words.slice(amount.to)) || MOVES.test(before)) continue
      found = { yuan: amount.value, total: TOTAL.test(before), words: text.slice(from + amount.from, from + amount.to) }
    }
  }
  return found
}

/** Clauses, each with where it begins; a point inside a number ends none. */
function clausesOf(text: string): { words: string; from: number }[] {
  return [...text.matchAll(/(?:[^，,。；;！!？?\n]|(?<=\d),(?=\d{3}))+[？?]?/g)].map(({ 0: words, index }) => ({
    words,
    from: index,
  }))
}
