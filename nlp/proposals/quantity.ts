import type { Clause } from '../clauses.js'
import { findItem, formatQuantity } from '../deal.js'
import type { BareEntity, PercentEntity, QuantityEntity } from '../entities/entity.js'
import { LOOSE_UNITS } from '../entities/units.js'
import type { Item } from '../finding.js'
import { ADD_TAIL, SET_TAIL, SUBTRACT_TAIL, TOPICS, WANT_TAIL } from '../lexicon.js'
import type { Proposal, Reader, Scene } from '../scene.js'
import { readPartial } from './delivery.js'
import { asCount, isSize, itemOf } from './items.js'
import { quoteFor } from './money.js'

type Counted = QuantityEntity | BareEntity

/** Told, not asked: what is missing, broken, on stock, or sent already. */
const TOLD_BEFORE =
  /(?:少了|缺了?|坏了|破了|差了?|漏了?|漏发|错发|收到|到了|用了|用掉|剩下?|还剩|库存|还有|只有|(?<!要|没)有|卖了|做了|装了|发了|签收|不良|次品|返修|补发|丢了|碰坏|压坏|少发|多发|断了|裂了|退回|验了|抽检|开箱|面积|身高|体重|距离|[的来]?货少|的货差|翻出(?:来)?|抽了|用掉|找到|排了|上了|剩)(?:了|的)?\s*(?:大概|差不多|约)?\s*$/
const TOLD_AFTER =
  /^\s?(?:坏|破|裂|断|变形|生锈|有问题|不合格|是坏|少|没到|没收到|不能用|漏|短少|已经|都收到|收到了|到了|用完|卖完|卖光|发错|不对|补给|补发|补您)/
/** 每箱300个, 300个一箱: how it is packed. */
const PACKED_BEFORE =
  /(?:每|一)\s?(?:套|件|箱|盒|包|袋|瓶|桶|托|板|柜|捆|打|层|排|组|天|月|年|周|个月|人|家|店|台)(?:里|装|放|是|有|大概|能|要|用)?\s*$/
const PACKED_AFTER =
  /^\s?(?:一|每|\/)\s?(?:套|件|箱|盒|包|袋|瓶|桶|托|板|柜|捆|层|排|组|人|家)|^\s?(?:起订|起批|起发|起送|起卖|装(?!车|机|上)|的包装|规格)/
const NOT_WANTED_BEFORE = /(?:不是|不要|不用|不够|不止|别|原来|之前|本来|原定|原先|说的|由|从|把|将|比|乘)(?:是|的|那)?\s*$/
const NOT_ENOUGH_AFTER =
  /^\s?(?:不够|顶不住|撑不住|扛不住|太多|太少|多了|少了|用不完|用不了|可能不够|估计不够|有点多|有点少|肯定不够|怕不够|哪够)/
const PARTIAL_BEFORE = /先(?:给我们?|帮我们?)?(?:发|送|到|出|交|提|给|拉|走|运|寄)(?:来|个|货|一批)?\s*$/

function itemFor(scene: Scene, clause: Clause, e: Counted, before: number | null): Item | null {
  const { items } = scene.deal
  const own = findItem(clause.text, items)
  const units = e.kind === 'quantity' ? items.filter((i) => i.unit === e.unit) : []
  if (items.length > 1 && own === null && units.length === 1) return units[0] ?? null
  const named = itemOf(scene, clause)
  if (named) return named
  const counted = items.filter((i) => i.unit !== null && i.unit.length > 1 && clause.text.includes(i.unit))
  if (counted.length === 1) return counted[0] ?? null
  if (before !== null) {
    const exact = items.filter((i) => i.qty === before)
    if (exact.length === 1) return exact[0] ?? null
  }
  if (e.kind === 'quantity') {
    const same = items.filter((i) => i.unit === e.unit)
    if (same.length === 1) return same[0] ?? null
  }
  // 「一共2000」 beside 1800片 and 60条.
  const alike = items.filter((i) => i.qty !== null && e.value <= i.qty * 2 && e.value >= i.qty / 2)
  if (e.kind === 'number' && alike.length === 1) return alike[0] ?? null
  return null
}

/** Unit of the answer: 「300个」 of what is sold by the 套 are 300 套. */
function unitFor(e: Counted, item: Item | null): string | null {
  if (e.kind === 'number') return item?.unit ?? null
  return item?.unit && (LOOSE_UNITS.has(e.unit) || (e.unit === '套' && /[把张台个条双]/.test(item.unit))) ? item.unit : e.unit
}

/** 可可液块 shares a word with 可可粉 and is another thing. */
function isOfDeal(words: string, scene: Scene): boolean {
  const found = findItem(words, scene.deal.items)
  return (
    found !== null &&
    (words.length < 3 || found.name.includes(words) || words.includes(found.name) || words.at(-1) === found.name.at(-1))
  )
}

/** A product that the deal does not hold: 「再加50个骨钉」, 「骨钉再来50个」. */
function strangerOf(scene: Scene, clause: Clause, e: Counted): string | null {
  if (e.kind !== 'quantity') return null
  const listed = /(?:配|加|要|来|带|添|上)([一-龥A-Za-z]{2,8})$/.exec(clause.text.slice(0, e.from - clause.from))?.[1]
  const after = /^\s?(?:的)?([一-龥A-Za-z]{2,10}?)(?=$|[吧呢哈啊呀嘛了和跟，,。\s]|一起|一块|就|可以|行|过来|给我)/.exec(
    clause.text.slice(e.to - clause.from),
  )?.[1]
  const lead =
    /^\s?(?:那个|这个|另外|还有|然后|对了|顺便|再有|哦|嗯|那|和|以及)*([一-龥A-Za-z]{2,8}?)(?:也|都|还|另外|同时|给我|帮我|麻烦)*(?:再|多|加|追加|增加|要|来|配)/.exec(
      clause.text.slice(0, e.from - clause.from),
    )?.[1]
  for (const words of [after, listed, lead]) {
    if (words && !NOT_A_PRODUCT.test(words) && !isOfDeal(words, scene)) return words
  }
  return null
}
/** The number of a size, not of things. */
const SIZED = /高度|长度|宽度|厚度|直径|口径|孔径|尺寸|页数/
const NOT_A_PRODUCT =
  /[我你您他她咱给吧了嘛讲说叫让]|^[没缺无不一两二三四五六七八九十\d]|[来去批到]$|^[跟随周]|[高低]$|[的款种样](?:那[个款种])?$|^[凑备用留装]|园区|明细|清单|资料|目录|样品|报价|合同|发票|单据|证明|各$|老板|领导|主任|客户|那块|这块|那边|^(?:中不|成不|行不|好不|得行|可不|咋样|如何|左右|上下|可以|就行|就好|就够|够了|行不|好了|吧|试试|看看|先|货|一起|过来|给我|给我们|出头|以上|以内|起步|的货|现货|我们?|咱们?|你们?|您|他们|公司|院里|领导|老板|这边|那边|今天|现在|数量|量|数目|总数|一共|总共|这次|这批|本批|那就|麻烦|帮忙?|需要|想|还|能不能|能否|可以|可不可以|是不是|估计|大概|可能|最少|至少|最多|改|加|行|好的?|嗯|哦|收到|不够|有点|怕|另外|然后|要不|不然|干脆|索性|直接|还是|再|多|交期|交货|预算|价格)|需要|想要|多少|怎么|什么|[改加减调换]|数量|交期|王|经理|老师|主任/

export const readQuantityProposals: Reader = (scene, clause, topic) => {
  const out: Proposal[] = []
  const counted = clause.entities.flatMap((e): Counted[] => {
    if (e.kind === 'amount') return [asCount(scene, clause, e) ?? []].flat()
    return (e.kind === 'quantity' && !isSize(e.unit, scene)) || e.kind === 'number' ? [e] : []
  })
  // 「打错了，40」
  const corrects = /打错|写错|说错|搞错|发错数|应该是/.test(scene.text)
  let stated: number | null = null
  for (const [i, e] of counted.entries()) {
    const at = clause.entities.findIndex((other) => other.from === e.from)
    const left = Math.max(clause.from, clause.entities[at - 1]?.to ?? clause.from)
    const before = scene.text.slice(left, e.from)
    const after = scene.text.slice(e.to, clause.entities[at + 1]?.from ?? clause.to)
    const next = counted[i + 1]
    // 「200套改成300套」「从200加到300」: the first of two is what it was.
    if (
      next &&
      (SET_TAIL.test(scene.text.slice(e.to, next.from)) || /不是\s*$/.test(before) || /^\s?(?:不够|太多|太少)/.test(after))
    ) {
      stated = e.value
      continue
    }
    if (e.kind === 'number' && topic !== 'quantity' && quoteFor(scene, clause, e)) continue
    // 「24.5就24.5」 is a price, and so is what comes to a total.
    if (e.kind === 'number' && ((!Number.isInteger(e.value) && topic !== 'quantity') || SIZED.test(clause.text))) continue
    if (NOT_WANTED_BEFORE.test(before) || NOT_ENOUGH_AFTER.test(after)) {
      stated = e.value
      continue
    }
    if (TOLD_BEFORE.test(before) || TOLD_AFTER.test(after) || PACKED_BEFORE.test(before) || PACKED_AFTER.test(after)) continue
    if (
      e.kind === 'number' &&
      topic !== 'quantity' &&
      ((topic !== null && topic !== 'spec') ||
        !(
          /改|变|加|减|少|多|要|来|订|做|凑|还是|就|按|共|合计|弄|→|->|用|至少|起码/.test(before) ||
          ENOUGH.test(after) ||
          PARTIAL_BEFORE.test(before) ||
          corrects
        ) ||
        !isLikely(scene, e))
    )
      continue
    const each = /各(?:自|项)?(?:再|都)?(?:给我)?(?:加|减|多|少|要|来|改成?|订|做)?(?:个|到|成)?\s*$/.test(before)
      ? itemsNamed(scene, clause)
      : []
    if (each.length > 1) {
      for (const item of each) {
        const one = readOne(scene, clause, { e, before, after, stated, topical: topic === 'quantity', item })
        if (one) out.push(one)
      }
      continue
    }
    const found = readOne(scene, clause, { e, before, after, stated, topical: topic === 'quantity' })
    if (found) out.push(found)
  }
  const share = readShare(scene, clause)
  if (share) return [share]
  const multiple = readMultiple(scene, clause)
  return multiple ? [multiple] : out
}

/** 「350够了」 */
const ENOUGH = /^\s?(?:就)?(?:够了|够|足够|就行|就好|吧)(?!不够)/

const itemsNamed = (scene: Scene, clause: Clause): Item[] =>
  scene.deal.items.filter((item) => item.name !== '' && findItem(clause.text.replace(/[和跟与、+]/g, ' '), [item]) !== null)

const MULTIPLE: [RegExp, number][] = [
  [/翻(?:一?倍|一?番|个倍|个番)|(?:加|多|增加)一?倍(?!多|以上)|乘以?(?:2|二)(?!\d)|双倍/, 2],
  [/(?:减|砍|少|缩|降)(?:掉|少|了)?(?:一)?半(?![吨箱托车包斤个公])|(?:只要|要|先要|来)一半|一半就(?:够|行|好)/, 0.5],
]

/** 翻倍, 减半. */
function readMultiple(scene: Scene, clause: Clause): Proposal | null {
  for (const [pattern, factor] of MULTIPLE) {
    const match = pattern.exec(clause.text)
    const item = match ? itemOf(scene, clause) : null
    if (!match || !item || item.qty === null || /价|预算|费|钱/.test(clause.text)) continue
    const from = clause.from + match.index
    const after = formatQuantity(item.qty * factor, item.unit)
    return {
      field: 'quantity',
      item: item.name || null,
      before: formatQuantity(item.qty, item.unit),
      after,
      from,
      to: from + match[0].length,
      clause,
      strength: 0.85,
      same: false,
    }
  }
  return null
}

/** 「螺栓在原数量上追加两成」 */
function readShare(scene: Scene, clause: Clause): Proposal | null {
  const e = clause.entities.find((e): e is PercentEntity => e.kind === 'percent' && !e.discount)
  if (!e || /价|预算|费|钱|款|付|税|返/.test(clause.text)) return null
  const before = scene.text.slice(clause.from, e.from)
  const sign = ADD_TAIL.test(before) ? 1 : SUBTRACT_TAIL.test(before) ? -1 : 0
  const item =
    sign !== 0 &&
    (TOPICS.quantity.test(clause.text) || findItem(clause.text, scene.deal.items) || /[要来发做订拿]\s*$/.test(before))
      ? itemOf(scene, clause)
      : null
  if (!item || item.qty === null) return null
  const after = formatQuantity(Math.round(item.qty * (1 + sign * e.ratio)), item.unit)
  const was = formatQuantity(item.qty, item.unit)
  const { from, to } = e
  return { field: 'quantity', item: item.name || null, before: was, after, from, to, clause, strength: 0.9, same: false }
}

/** A bare number near to what is ordered; 「最少要3000」 beside 20 箱 speaks of money. */
const isLikely = (scene: Scene, e: Counted): boolean =>
  scene.deal.items.some((item) => item.qty !== null && e.value <= item.qty * 20 && e.value >= item.qty / 20)

/** 三百斤 of what is sold by the kilogram are 150. */
const PER_UNIT: Record<string, number> = {
  '斤/公斤': 0.5,
  '公斤/斤': 2,
  '斤/kg': 0.5,
  '吨/公斤': 1000,
  '公斤/吨': 0.001,
  '斤/吨': 0.0005,
}

type Case = { e: Counted; before: string; after: string; stated: number | null; topical: boolean; item?: Item }

function readOne(scene: Scene, clause: Clause, { e, before, after, stated, topical, item: given }: Case): Proposal | null {
  const set = SET_TAIL.test(before)
  const add = !set && ADD_TAIL.test(before)
  const subtract = !set && !add && SUBTRACT_TAIL.test(before)
  const want = WANT_TAIL.test(before)
  const sole = /(?:先|只|就)(?:给我)?(?:开|做|要|来|订|拿|买|用|留|发)\s*$/.test(before)
  if (e.kind === 'quantity' && e.article && !add && !subtract && !set && !topical && !sole) return null
  const at = { from: e.from, to: e.to, clause }
  const lacking = scene.clauses.some(
    (c) => c.to <= clause.from && /不够|不足|缺|没了|用完/.test(c.text) && findItem(c.text, scene.deal.items),
  )
  const stranger = given || lacking ? null : add || /也要|还要|另外/.test(before) ? strangerOf(scene, clause, e) : null
  if (stranger && scene.open) {
    const unit = e.kind === 'quantity' ? e.unit : null
    // 「再加一个预警功能」 counts nothing; 「再配一套工具」 does.
    const counts = !(e.kind === 'quantity' && e.article && /[个项条点种]/.test(e.unit))
    const added = { ...at, field: 'item', item: stranger, before: null, after: stranger, strength: 0.85, same: false } as const
    return counts ? { ...added, count: formatQuantity(e.value, unit) } : added
  }
  if (e.kind === 'quantity' && e.article && !topical && !sole) return null
  const item = given ?? itemFor(scene, clause, e, stated)
  const share = e.kind === 'quantity' && item?.unit ? (PER_UNIT[`${e.unit}/${item.unit}`] ?? null) : null
  if (share !== null && e.kind === 'quantity')
    return readOne(scene, clause, {
      e: { ...e, value: e.value * share, max: e.max === null ? null : e.max * share, unit: item?.unit ?? e.unit },
      before,
      after,
      stated,
      topical,
      item: item ?? undefined,
    })
  const unit = unitFor(e, item)
  const had = item?.qty ?? stated
  const hadWords = had === null || had === undefined ? null : formatQuantity(had, item?.unit ?? unit)
  if (PARTIAL_BEFORE.test(before) && had !== null && had !== undefined && e.value < had) {
    return readPartial(scene, clause, e)
  }
  // Relative to nothing is a first order.
  if ((add || subtract) && (had === null || had === undefined)) {
    if (!scene.open || subtract) return null
  }
  let value = e.value
  let max = e.max
  // 「4车不够，再调一台」
  const sameUnit = item?.unit == null || unit === item.unit || (stated !== null && stated === item.qty)
  if (had !== null && had !== undefined && (add || subtract) && sameUnit) {
    // 「多要300套」 of 200 is 300 more; 「要加到」 was handled as set.
    value = add ? had + e.value : had - e.value
    max = e.max === null ? null : add ? had + e.max : null
    if (value < 0) return null
  }
  const strength =
    set || add || subtract ? 1 : want || topical || sole || ENOUGH.test(after) ? 0.75 : bareStrength(scene, clause, e, after)
  const said = scene.raw.slice(e.from, e.to)
  // 「再加几套」 has no number to count with.
  const counted = max === null ? formatQuantity(value, unit) : `${formatQuantity(value, null)}-${formatQuantity(max, unit)}`
  const words = said.includes('几') ? said : counted
  // 「还是86」: a number that stands in the deal already, whichever item it belongs to.
  const stands = item === null && !add && !subtract && scene.deal.items.some((i) => i.qty === value)
  const same = (had === value && sameUnit) || stands
  return { ...at, field: 'quantity', item: item?.name || null, before: hadWords, after: words, strength, same }
}

/** 「300套吧」 with nothing else around it answers or asks; in a longer clause the number may tell of anything. */
function bareStrength(scene: Scene, clause: Clause, e: Counted, after: string): number {
  const rest = clause.text.length - (e.to - e.from)
  if (scene.rep && findItem(clause.text, scene.deal.items)) return 0.6
  if (e.kind === 'number') return 0.3
  if (scene.offset > 0 && clause.from <= scene.offset) return 0.75
  return rest <= 4 || /^\s?(?:吧|好了|就行|就够|可以|得了|算了)/.test(after) ? 0.6 : TOPICS.quantity.test(clause.text) ? 0.7 : 0.3
}
