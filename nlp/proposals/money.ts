import type { Clause } from '../clauses.js'
import { findItem, formatMoney } from '../deal.js'
import type { AmountEntity, BareEntity, PercentEntity } from '../entities/entity.js'
import { SET_TAIL, TOPICS } from '../lexicon.js'
import { isNear } from '../near.js'
import type { Proposal, Quote, Reader, Scene } from '../scene.js'
import { asCount } from './items.js'

/** Money that moves under the deal and does not change it. */
const OTHER_MONEY =
  /票(?:上|面)?少|多收|少收|算错|对账|返点|押金|定金|订金|预付款|尾款|首付|押金|欠款|货款|打(?:了|过|款)|付(?:了|过|款|清)|转(?:了|账|过)|到账|汇(?:了|款)|运费|快递费|邮费|税|罚款|差价|工资|注册资金|营业额|收到|上次|销售额/
/** 「11.8太高」: what it costs now. */
const OLD_PRICE =
  /^\s?(?:块|元)?(?:还是|也|确实|真的|实在|有点|有些)?(?:太[高贵多]|偏[高贵]|贵了|高了|有点[高贵]|吃不消|接受不了|压力[大太])/
const countsGoods = (scene: Scene, value: number) =>
  scene.deal.items.some((item) => item.qty !== null && value <= item.qty * 3 && value >= item.qty / 3)
const UP = /(?:涨|加|增加|提高|上浮|追加|(?<!最|差不)多|放宽)(?:了|上|个)?\s*$/
const DOWN = /(?:降|减|砍|压|让|便宜|优惠|少|下浮|下调|抹|抹掉|砍掉|减少|削减|缩减)(?:了|掉|个|我们?|点)?\s*$/
const LIMIT =
  /控制|封顶|最多|不超|不能超|别超|以内|之内|只有|只能|只批|批了|批下来|上限|顶多|压|砍|降|减|缩|涨|加到|提到|放宽|增加到|追加|改|调|就|还是|不到|卡在|紧张|下来是/
const HAGGLE =
  /(?:能不能|可以|能|可不可以|再|给|帮|麻烦|得)?.{0,3}(?:便宜(?:一点|点|些|一些)?|优惠(?:一点|点|些|一些)?(?!券|活动|政策)|打(?:个)?折(?!扣)|降(?:一降|一点|点|些|降|价)|少(?:一点|点|算点|收点)(?!货)|让(?:一点|点|点利|让)|抹(?:个)?零|价格?(?:再)?(?:低|下调|压)(?:一点|点|些)?)/

export const readMoneyProposals: Reader = (scene, clause, topic) => {
  const out: Proposal[] = []
  const values = clause.entities.filter(
    (e): e is AmountEntity | PercentEntity | BareEntity => e.kind === 'amount' || e.kind === 'percent' || e.kind === 'number',
  )
  for (const [i, e] of values.entries()) {
    if (e.kind === 'amount' && asCount(scene, clause, e)) continue
    const at = clause.entities.indexOf(e)
    const before = scene.text.slice(Math.max(clause.from, clause.entities[at - 1]?.to ?? clause.from), e.from)
    const after = scene.text.slice(e.to, clause.entities[at + 1]?.from ?? clause.to)
    const next = values[i + 1]
    if (next && SET_TAIL.test(scene.text.slice(e.to, next.from))) continue
    if (/(?:不是|原来|之前|本来|从|由)(?:是|的|说)?\s*$/.test(before)) continue
    const found =
      e.kind === 'percent'
        ? readPercent(scene, clause, e, before, topic)
        : readAmount(scene, clause, e, before + after, before, topic)
    if (found) out.push(found)
  }
  if (out.length === 0) {
    const haggle = HAGGLE.exec(clause.text)
    if (
      haggle &&
      !/(?:太|这么|那么|挺|很|真|更|好|最|也|比较|不|够|是)便宜|便宜坊|便宜(?:啊|呢|的|了|吗)?(?:吗)?$(?<!能便宜吗|能便宜)|多少|怎么/.test(
        clause.text,
      )
    ) {
      const from = clause.from + haggle.index
      const words = haggle[0].replace(/^.*?(?=便宜|优惠|打|降|少|让|抹|低|下调|压)/, '')
      out.push({
        field: 'price',
        item: null,
        before: null,
        after: words,
        from,
        to: from + haggle[0].length,
        clause,
        strength: 0.6,
        same: false,
        vague: !words.includes('零'),
      })
    }
  }
  return out
}

function readAmount(
  scene: Scene,
  clause: Clause,
  e: AmountEntity | BareEntity,
  around: string,
  before: string,
  topic: string | null,
): Proposal | null {
  const { budget } = scene.deal
  // 「成交，就39800」 beside a budget of 42000.
  const said = scene.text.slice(e.from, e.to)
  // 「24.5就24.5」
  const echoed = scene.text.slice(Math.max(clause.from, e.from - said.length - 1), e.from) === `${said}就`
  const closes =
    budget !== null && e.value >= budget / 2 && e.value <= budget * 1.5 && e.value >= 500 && !countsGoods(scene, e.value)
  const isEcho = echoed && (!Number.isInteger(e.value) || e.kind === 'amount')
  const quote = e.kind === 'number' || e.kind === 'amount' ? quoteFor(scene, clause, e) : null
  if (e.kind === 'number' && topic !== 'budget' && topic !== 'price' && !closes && !isEcho && !quote) return null
  if (OLD_PRICE.test(scene.text.slice(e.to, clause.to))) return null
  if (OTHER_MONEY.test(clause.text) && topic !== 'budget') return null
  let value = e.value
  let max = e.max
  // 「预算压到7.5」 beside a budget of 85000 speaks of 万.
  if (e.kind === 'number' && topic === 'budget' && budget !== null && value > 0 && budget / value > 2000) {
    value *= 10_000
    max = max === null ? null : max * 10_000
  }
  const bounded = e.kind === 'amount' && e.bound !== 'none'
  const near = budget !== null && value <= budget * 5 && value >= budget / 5
  const isPrice =
    (topic === 'price' && !closes) ||
    (e.kind === 'amount' && e.per !== null) ||
    (topic !== 'budget' && !near && !(UP.test(before) && budget !== null && value > budget / 20))
  const field = isPrice ? 'price' : 'budget'
  const at = { field, item: null, from: e.from, to: e.to, clause } as const
  const had = isPrice ? null : budget
  const set = SET_TAIL.test(before)
  const down = !set && DOWN.test(before)
  const up = !set && !down && UP.test(before)
  if ((down || up) && had !== null && value < had && value >= had / 200) {
    const moved = down ? had - value : had + value
    return { ...at, before: formatMoney(had), after: formatMoney(moved), strength: 0.95, same: false }
  }
  if (down || up) {
    const words = `${down ? '-' : '+'}${formatMoney(value)}`
    return { ...at, field: 'price', before: null, after: words, strength: 0.85, same: false }
  }
  if (quote && isPrice && !set)
    return { ...at, before: null, after: `${quote.sign}${formatMoney(value)}`, strength: 0.75, same: false }
  const words = max === null ? formatMoney(value) : `${formatMoney(value)}-${formatMoney(max)}`
  const topical = topic === 'budget' || topic === 'price'
  const limited = LIMIT.test(around) || bounded
  const rest = clause.text.length - (e.to - e.from)
  const strength = set
    ? 1
    : isEcho
      ? 0.8
      : topical && limited
        ? 0.9
        : topical
          ? 0.75
          : limited
            ? 0.65
            : closes && /[按就]|成交|定|签|能做/.test(around)
              ? 0.75
              : rest <= 4 && scene.open
                ? 0.5
                : 0.2
  return { ...at, before: had === null ? null : formatMoney(had), after: words, strength, same: had !== null && had === value }
}

/** 「2300」 after 「2400一趟」, 「60太多，55」 after 「一条贵60」: an offer beside the rep's. */
export function quoteFor(scene: Scene, clause: Clause, e: AmountEntity | BareEntity): Quote | null {
  if (scene.quotes().length === 0 || clause.text.length > 12 || (e.kind === 'amount' && e.per !== null)) return null
  if (/[套个件箱盒包台把支只条张片米吨斤](?!钱)/.test(clause.text.slice(e.to - clause.from, e.to - clause.from + 2))) return null
  return scene.quotes().find((quote) => !quote.whole && isNear(e.value, quote)) ?? null
}

function readPercent(scene: Scene, clause: Clause, e: PercentEntity, before: string, topic: string | null): Proposal | null {
  if (TOPICS.terms.test(clause.text) || /税|股|利息|合格率|良率|完成|含量|浓度|湿度|折旧/.test(clause.text)) return null
  // 「轴承在原数量上追加两成」 counts goods.
  if (
    !e.discount &&
    topic !== 'price' &&
    topic !== 'budget' &&
    (topic === 'quantity' || findItem(clause.text, scene.deal.items)) &&
    !/价|费|钱|涨|便宜|优惠/.test(clause.text)
  )
    return null
  const { budget } = scene.deal
  const down = DOWN.test(before) || e.discount
  const up = UP.test(before)
  if (!down && !up && !SET_TAIL.test(before)) return null
  const at = { item: null, from: e.from, to: e.to, clause, same: false }
  if (topic === 'budget' && budget !== null) {
    const moved = e.discount ? budget * e.ratio : up ? budget * (1 + e.ratio) : budget * (1 - e.ratio)
    return { ...at, field: 'budget', before: formatMoney(budget), after: formatMoney(moved), strength: 0.95 }
  }
  const tail = (up ? UP : DOWN).exec(before)?.[0] ?? ''
  const words = e.discount ? scene.raw.slice(e.from, e.to) : scene.raw.slice(e.from - tail.length, e.to).trim()
  return { ...at, field: 'price', before: null, after: words, strength: 0.85 }
}
