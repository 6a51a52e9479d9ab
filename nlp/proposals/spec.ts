import type { Clause } from '../clauses.js'
import { findItem } from '../deal.js'
import { dimensionOf } from '../entities/dimension.js'
import type { Entity } from '../entities/entity.js'
import type { Field, Item } from '../finding.js'
import { TOPICS } from '../lexicon.js'
import type { Proposal, Reader, Scene } from '../scene.js'
import { ADDRESS, COMPARED, DEMAND, isPointing, phrase, SWAP, TRANSPORT, WANTED, WITH } from './feature-words.js'
import { isSize, itemAt } from './items.js'
import { CORRECTS, SIZE_AFTER, SIZED } from './quantity-words.js'
import { findShape, shapeOf } from './spec-shape.js'

const DAYPART = /^(?:今天|明天|后天)?(?:上午|下午|晚上|中午|早上|傍晚|白天|周末)|^[\d一二三四五六七八九十]{1,2}(?:点|:\d\d)/
/** Ends like a way to be, not like a thing: 牛肉味, 枪灰色, 牛皮的. */
const LOOKS = /(?:[色型版味装级度码号质面膜层孔芯寸款材]|[轮单双三四][门开孔]|固定式|.式|\d[a-zA-Z]{1,2})$/

/** How the goods are to be: 颜色换成黑色, 要9孔的, 改用304, 都带刹车. */
export const readSpecProposals: Reader = (scene, clause, topic) => {
  if (topic === 'terms') return []
  const swap = readSwap(scene, clause)
  if (swap) return [swap]
  const size = readSize(scene, clause, topic)
  const worded = size && size.strength >= 0.5 ? null : (readWanted(scene, clause) ?? readManner(scene, clause))
  return worded ? [worded] : size ? [size] : []
}

const place = (clause: Clause, from: number, to: number) => ({ from, to, clause })
const crosses = (e: Entity, from: number, to: number) => e.from < to && from < e.to

/** What the new words replace: the deal's spec, or the part of the name that is a spec (the 304 of 「304 六角螺栓」). */
export function specBefore(item: Item | null, a: string, after: string): string | null {
  const shape = shapeOf(after)
  if (item !== null && shape !== null && findShape(item.spec ?? '', shape) === null) {
    const named = findShape(item.name, shape)
    if (named !== null) return named
  }
  if (item?.spec) return item.spec
  if (item?.name) return null
  return a !== '' && (shape === null ? !TOPICS.spec.test(a) : shapeOf(a) === shape) ? a : null
}

const squeeze = (words: string) => words.replace(/\s+/g, '').replace(/[×xX]/g, '*').toLowerCase()
export const stands = (before: string | null, after: string) => before !== null && squeeze(before).includes(squeeze(after))

/** Of which field the words of a swap are. */
function fieldOf(clause: Clause, words: string): Field {
  const placed = ADDRESS.test(words) && (words.length > 5 || (words.length > 2 && shapeOf(words) === null))
  if (TRANSPORT.test(words) || /^(?:送|寄|发)到/.test(words) || placed || TOPICS.other.test(clause.text)) return 'other'
  if (DAYPART.test(words)) return 'delivery'
  return shapeOf(words) !== null || COMPARED.test(words) || LOOKS.test(words) || TOPICS.spec.test(clause.text) ? 'spec' : 'item'
}

/** 「A换成B」: another way of the same thing, another thing, another place. */
function readSwap(scene: Scene, clause: Clause): Proposal | null {
  const match = /[换改变]/.test(clause.text) ? SWAP.exec(clause.text) : null
  if (!match?.groups) return null
  const start = clause.from + match.index + match[0].lastIndexOf(match.groups.b ?? '')
  const end = clause.from + match.index + match[0].length
  // Values of another kind end the words: 「L换M 100盒」.
  const stop = clause.entities.find(
    (e) => e.from >= start && e.from < end && e.kind !== 'spec' && !(e.kind === 'quantity' && e.article),
  )
  if (stop && (stop.from <= start + 1 || stop.kind !== 'quantity')) return null
  const called = /的(?:可以|行|好|中|吧|吗|不|么|嘛|呗)*[吗吧不呢哈]*$/.test(scene.text.slice(start, end))
  // 「改大一点 220*160*60」
  const spec = clause.entities.find(
    (e) => e.kind === 'spec' && e.from > start && e.from < end && /[点些]\s*$/.test(scene.text.slice(start, e.from)),
  )
  const b = phrase(scene.raw.slice(spec?.from ?? start, stop?.from ?? end))
  const a = phrase(match.groups.a ?? '')
  if (isPointing(b) || /[?？]|多少|什么|怎么/.test(b)) return null
  const at = { ...place(clause, clause.from + match.index, stop?.from ?? end), same: false }
  const named = fieldOf(clause, b)
  const whole = a !== '' && !/的|[色料质型号底款]$/.test(a) && findItem(a, scene.deal.items) !== null
  // 「沙发的布料换成科技布」「换宽耳带」: another way of the same thing; 「保温杯改成雨伞」 is another thing.
  const way = (called || !whole) && scene.agreed ? !findItem(b, scene.deal.items) : !scene.agreed
  const field = named === 'item' && way ? 'spec' : named
  const after = b.replace(/^(?:送|寄|发)(?:到|去|往)/, '')
  if (field === 'delivery') return { ...at, field, item: null, before: scene.deal.delivery, after, strength: 0.85 }
  if (field === 'other') return { ...at, field, item: null, before: null, after, strength: 0.9 }
  const item = itemAt(scene, clause, { from: start, to: end }, { size: b, first: scene.agreed })
  if (field === 'spec') {
    const before = specBefore(item, a, b)
    const vague = COMPARED.test(b) && /[点些]/.test(b)
    return {
      ...at,
      field,
      item: item?.name || null,
      before,
      after: b,
      strength: vague ? 0.7 : 0.92,
      same: stands(before, b),
      vague,
    }
  }
  const before = item !== null && item.name !== '' ? item.name : a === '' ? null : a
  return { ...at, field, item: item?.name || a || null, before, after: b, strength: 0.9, same: before === b }
}

/** A value that is a size here: a spec, a length of what is sold by the piece, a number that points (「400的」). */
function isSizeHere(scene: Scene, clause: Clause, e: Entity, topic: Field | null): boolean {
  if (e.kind === 'spec') return true
  const after = scene.text.slice(e.to, clause.to)
  if (e.kind === 'quantity') {
    if (isSize(e.unit, scene)) return true
    const dimension = dimensionOf(e.unit)
    return (
      dimension !== null && scene.agreed && !scene.deal.items.some((i) => i.unit === e.unit || dimensionOf(i.unit) === dimension)
    )
  }
  if (e.kind !== 'number' || !scene.open) return false
  if (scene.mentions().some((m) => m.from <= e.from && e.to <= m.to)) return false
  const lead = scene.text.slice(Math.max(clause.from, e.from - 8), e.from)
  if (SIZED.test(clause.text) || /^\s?(?:厚|宽|长|高|深)/.test(after)) return true
  return SIZE_AFTER.test(after) && (topic === 'spec' || /[改换用要做选拿上来变成就]/.test(lead)) && hasNumberLike(scene, e.value)
}

/** A spec of the deal is written with a number of this order. */
const hasNumberLike = (scene: Scene, value: number): boolean =>
  scene.deal.items.some((item) =>
    [...(item.spec ?? '').matchAll(/\d+(?:\.\d+)?/g)].some(([n]) => value <= Number(n) * 5 && value >= Number(n) / 5),
  )

/** 「M8*30的换M8*40」「要9孔的」「2.8米那款」: a size that is not the deal's. */
function readSize(scene: Scene, clause: Clause, topic: Field | null): Proposal | null {
  if (!scene.open) return null
  const sizes = clause.entities.filter((e) => isSizeHere(scene, clause, e, topic))
  const wanted = sizes.filter(
    (e) => !/不要|不是|别|原来|之前|从|不用/.test(scene.text.slice(Math.max(clause.from, e.from - 4), e.from)),
  )
  const last = wanted.at(-1)
  if (!last) return null
  if (clause.entities.some((e) => e.kind === 'amount')) return null
  const partly = clause.entities.some((e) => e.kind === 'quantity' && !sizes.includes(e) && !e.article && partOf(scene, e.value))
  // 「PE100 DN110」 are one size in two words.
  let from = last.from
  for (const e of [...wanted].reverse()) if (e.to <= from && /^[\s的/、]{0,1}$/.test(scene.text.slice(e.to, from))) from = e.from
  const thick = /^\s?(?:厚度|厚|宽|长|高)/.exec(scene.text.slice(last.to, clause.to))
  const to = last.to + (thick?.[0].length ?? 0)
  const after = scene.raw.slice(from, to).trim()
  const item = itemAt(scene, clause, { from, to }, { size: after, first: true })
  const first = sizes[0] && sizes[0] !== last ? sizes[0] : undefined
  const before = specBefore(item, first ? scene.raw.slice(first.from, first.to) : '', after)
  const lead = scene.text.slice(clause.from, from)
  const tail = scene.text.slice(to, clause.to).trim()
  const alone =
    /^(?:的|那款|那种|那个)?(?:吧|也行|也可以|也好|可以|就行|行|吗|呢)?$/.test(tail) &&
    /^(?:那就|就|那|行|最好)?$/.test(lead.trim())
  const corrects = CORRECTS.test(scene.text) && /(?:是|应该是?|要)\s*$/.test(lead)
  const plain =
    corrects || /改|换|调|升|减到|降到/.test(lead) ? 0.95 : /变|要|用|做|找|来|选|上/.test(lead) ? 0.65 : alone ? 0.6 : 0.3
  const strength = partly ? plain * 0.7 : plain
  return {
    field: 'spec',
    item: item?.name || null,
    before,
    after,
    ...place(clause, from, to),
    strength,
    same: stands(before, after),
  }
}

/** Less than is ordered of something: 「100Ah的只要30组」 speaks of a part. */
const partOf = (scene: Scene, value: number) => scene.deal.items.some((item) => item.qty !== null && value < item.qty)

const NOT_WANTED =
  /^(?:[来去等看问发送付开交给签盖写填回到过出进下加减改换调推延提赶催验报收打跑睡吃买卖]|安排|检测|多少|什么|怎么|几|哪|不|没|了|的|一下|点|再|先|跟|和|把|被|让|好|快|早|晚|急|重新|确认|商量|考虑|考察|了解|知道|沟通)|时间|钱|价|预算|发票|合同|领导|老板|[你我他她您咱]/

/** 「要全遮光的」「改用暖灰」「升级到氟胶」: in words that no list holds. */
function readWanted(scene: Scene, clause: Clause): Proposal | null {
  const match = scene.agreed ? WANTED.exec(clause.text) : null
  const said = match?.groups?.x
  if (!match || said === undefined) return null
  const from =
    clause.from + match.index + match[0].indexOf(said, match[0].length - said.length - (match.groups?.tail?.length ?? 0))
  const after = phrase(scene.raw.slice(from, from + said.length))
  if (after.length < (shapeOf(after) === null ? 2 : 1) || after.length > 10 || isPointing(after) || NOT_WANTED.test(after))
    return null
  if (clause.entities.some((e) => e.kind !== 'spec' && crosses(e, from, from + said.length))) return null
  const shape = shapeOf(after)
  const item = itemAt(scene, clause, { from, to: from + said.length }, { size: after, first: true })
  const before = specBefore(item, '', after)
  const known = shape !== null && scene.deal.items.some((i) => findShape(`${i.spec ?? ''} ${i.name}`, shape) !== null)
  const called = scene.text.charAt(from + said.length) === '的'
  const moved = /升级|改用|换用|改做|升到/.test(match[0])
  const strength = known || moved ? 0.65 : called ? 0.5 : 0.35
  return {
    field: 'spec',
    item: item?.name || null,
    before,
    after,
    ...place(clause, from, from + after.length),
    strength,
    same: stands(before, after),
  }
}

/** How all of it is to be: 都带刹车, 不带头枕, 要求私有化部署. Beside a deal only: elsewhere it is a first need. */
function readManner(scene: Scene, clause: Clause): Proposal | null {
  const found = scene.agreed ? (WITH.exec(clause.text) ?? DEMAND.exec(clause.text)) : null
  const group = ['x', 'y', 'z'].find((name) => found?.groups?.[name] !== undefined)
  const said = group === undefined ? undefined : found?.groups?.[group]
  if (!found || said === undefined) return null
  const from = clause.from + found.index + found[0].indexOf(said)
  const after = phrase(scene.raw.slice(from, from + said.length))
  if (after.length < 2 || isPointing(after) || /多少|什么|怎么|[你您]|合同|流程|规定|老/.test(after)) return null
  if (clause.entities.some((e) => e.kind === 'amount' || e.kind === 'date' || e.kind === 'payment')) return null
  const item = itemAt(scene, clause, { from, to: from + said.length }, { size: after, first: true })
  const before = specBefore(item, '', after)
  const at = place(clause, clause.from + found.index, clause.from + found.index + found[0].length)
  return { field: 'spec', item: item?.name || null, before, after, ...at, strength: 0.6, same: before === after }
}
