import type { Clause } from '../clauses.js'
import { findItem } from '../deal.js'
import type { Field, Item } from '../finding.js'
import { TOPICS, topicOf } from '../lexicon.js'
import type { Proposal, Reader, Scene } from '../scene.js'
import {
  ADD,
  ADDRESS,
  ALONG,
  COMPARED,
  DEMAND,
  DROP_AFTER,
  DROP_BEFORE,
  INVOICE,
  isPointing,
  NOT_DROP,
  PAPERS,
  PLACE,
  REQUIRE,
  SWAP,
  TRANSPORT,
  tidy,
  WITH,
} from './feature-words.js'
import { isSize, itemOf } from './items.js'
import { findShape, shapeOf } from './spec-shape.js'

const VALUES = new Set(['date', 'duration', 'amount', 'percent', 'payment', 'number'])
const DAYPART = /^(?:今天|明天|后天)?(?:上午|下午|晚上|中午|早上|傍晚|白天|周末)|^[\d一二三四五六七八九十]{1,2}(?:点|:\d\d)/

/** What is bought, how it is made, and all around it: 颜色换成黑色, 再加个培训, 骨钉不要了, 地址改到浦东仓. */
export const readFeatureProposals: Reader = (scene, clause, topic) => {
  // 「换43的」 names a size, not a number of things.
  const size = /换(?:成|个|一?[双件条])?\s?\d{1,3}\s?(?:的|码|号)/.test(clause.text)
  const valued = clause.entities.some(
    (e) =>
      (VALUES.has(e.kind) && !(e.kind === 'date' && e.past) && !((size || /换/.test(clause.text)) && e.kind === 'number')) ||
      (e.kind === 'quantity' && !e.article && !isSize(e.unit, scene)),
  )
  const found = valued ? null : readSwap(scene, clause)
  if (found) return [found]
  const dropped = DROP_AFTER.test(clause.text) ? readDrop(scene, clause) : null
  if (dropped) return [dropped]
  const spec = readSpec(scene, clause) ?? readManner(scene, clause)
  if (spec) return [spec]
  if (topic === 'terms' || topic === 'price') return []
  // 「再加两百个送到城东工地」: a place may stand beside a value, other wishes are read only where none stands.
  const lasting = valued && /质保|保修|质保期|培训/.test(clause.text) && /加|延/.test(clause.text)
  const other =
    valued && !lasting
      ? readAround(scene, clause)
      : (readDrop(scene, clause) ?? readAround(scene, clause) ?? readAdd(scene, clause))
  return other ? [other] : []
}

const place = (clause: Clause, match: RegExpExecArray) => ({
  from: clause.from + match.index,
  to: clause.from + match.index + match[0].length,
  clause,
})

/** The group as it was written, before normalizing. */
function rawGroup(scene: Scene, clause: Clause, match: RegExpExecArray | null, group: string): string {
  const words = match?.groups?.[group]
  if (!match || words === undefined) return ''
  const at = clause.from + match.index + (group === 'b' ? match[0].lastIndexOf(words) : match[0].indexOf(words))
  return scene.raw.slice(at, at + words.length)
}

/** Ends like a way to be, not like a thing: 牛肉味, 枪灰色, 牛皮的. */
const LOOKS = /(?:[色型版味装级度码号质面膜层孔芯寸]|[轮单双三四][门开孔]|固定式|.式|\d[a-zA-Z]{1,2})$/

function fieldOf(clause: Clause, words: string): Field {
  if (
    TRANSPORT.test(words) ||
    /^(?:送|寄|发)到/.test(words) ||
    (ADDRESS.test(words) && (words.length > 5 || (words.length > 2 && shapeOf(words) === null))) ||
    TOPICS.other.test(clause.text)
  )
    return 'other'
  if (DAYPART.test(words)) return 'delivery'
  return shapeOf(words) !== null || COMPARED.test(words) || LOOKS.test(words) || TOPICS.spec.test(clause.text) ? 'spec' : 'item'
}

/** What the new words replace: the deal's spec, or the part of the name that is a spec (the 304 of 「304 六角螺栓」). */
export function specBefore(item: Item | null, a: string, after: string): string | null {
  const shape = shapeOf(after)
  if (item !== null && shape !== null && findShape(item.spec ?? '', shape) === null) {
    const named = findShape(item.name, shape)
    if (named !== null) return named
  }
  if (item?.spec) return item.spec
  return a !== '' && (shape === null ? !TOPICS.spec.test(a) : shapeOf(a) === shape) ? a : null
}

function readSwap(scene: Scene, clause: Clause): Proposal | null {
  const match = /[换改变]/.test(clause.text) ? SWAP.exec(clause.text) : null
  const b = tidy(rawGroup(scene, clause, match, 'b'))
  if (!match || isPointing(b) || /[?？]|多少|什么|怎么/.test(b)) return null
  const a = tidy(rawGroup(scene, clause, match, 'a'))
  const called = /的(?:可以|行|好|中|吧|吗|不|么)*[吗吧不呢哈]*$/.test(rawGroup(scene, clause, match, 'b'))
  const named = fieldOf(clause, b)
  const whole = a !== '' && !/的|[色料质型号底款]$/.test(a) && findItem(a, scene.deal.items) !== null
  // 「沙发的布料换成科技布」「换宽耳带」: another way of the same thing; 「保温杯改成雨伞」 is another thing.
  const way = (called || !whole) && scene.agreed ? !findItem(b, scene.deal.items) : !scene.agreed
  const field = named === 'item' && way ? 'spec' : named
  const at = { ...place(clause, match), same: false }
  const after = b.replace(/^(?:送|寄|发)(?:到|去|往)/, '')
  if (field === 'delivery') return { ...at, field, item: null, before: scene.deal.delivery, after, strength: 0.85 }
  if (field === 'other') return { ...at, field, item: null, before: null, after, strength: 0.9 }
  const item = itemOf(scene, clause, field === 'spec' ? b : undefined)
  if (field === 'spec') {
    const before = specBefore(item, a, b)
    return {
      ...at,
      field,
      item: item?.name || null,
      before,
      after: b,
      strength: COMPARED.test(b) ? 0.7 : 0.92,
      same: before === b,
      vague: COMPARED.test(b) && /[点些]/.test(b),
    }
  }
  const before = item !== null && item.name !== '' ? item.name : a === '' ? null : a
  return { ...at, field, item: item?.name || a || null, before, after: b, strength: 0.9, same: before === b }
}

/** 「M8*30的换M8*40」「要9孔的」「2.8米那款」: a size that is not the deal's. */
function readSpec(scene: Scene, clause: Clause): Proposal | null {
  const sized = /高度|长度|宽度|厚度|直径|口径|孔径|尺寸/.test(clause.text)
  const specs = clause.entities.filter(
    (e) => e.kind === 'spec' || (sized && e.kind === 'number') || (e.kind === 'quantity' && isSize(e.unit, scene)),
  )
  const last = specs.at(-1)
  if (
    !last ||
    !scene.open ||
    clause.entities.some((e) => e.kind === 'amount' || (e.kind === 'quantity' && e !== last && !e.article))
  )
    return null
  const lead = scene.text.slice(clause.from, last.from)
  const after = scene.raw.slice(last.from, last.to).trim()
  const item = itemOf(scene, clause, after)
  const first = specs.length > 1 ? specs[0] : undefined
  const before = specBefore(item, first ? scene.raw.slice(first.from, first.to) : '', after)
  const squeeze = (words: string) => words.replace(/\s+/g, '').replace(/[×xX]/g, '*')
  const same = before !== null && squeeze(before).includes(squeeze(after))
  const tail = scene.text.slice(last.to, clause.to)
  const strength = /改|换|调/.test(lead)
    ? 0.95
    : /变|要|用|做成|找|来/.test(lead)
      ? 0.65
      : /^(?:的|那款|那种|那个)?(?:吧|也行|也可以|也好|可以|就行|行)?$/.test(tail.trim()) &&
          /^(?:那就|就|那|行)?$/.test(lead.trim())
        ? 0.6
        : 0.3
  return { field: 'spec', item: item?.name || null, before, after, from: last.from, to: last.to, clause, strength, same }
}

/** 「充电桩我们自己有，减掉吧」: what goes stands in the thought before. */
const ALONE =
  /^(?:就|先|都|可以|帮我|给我|麻烦|你们的?|那|这个|直接|全)*(?:减掉|去掉|取消|拿掉|删掉|撤掉|退掉|退了|不要了|不用了|砍掉|免了)(?:吧|了|哈|啊)*$/

function readDrop(scene: Scene, clause: Clause): Proposal | null {
  if (NOT_DROP.test(clause.text)) return null
  const alone = ALONE.test(clause.text.trim()) ? scene.clauses[scene.clauses.indexOf(clause) - 1] : undefined
  const named = alone ? findItem(alone.text, scene.deal.items) : null
  if (named?.name)
    return {
      ...{ from: clause.from, to: clause.to, clause, field: 'item', item: named.name, before: named.name, after: null },
      ...{ strength: 0.85, same: false },
    }
  const match = DROP_AFTER.exec(clause.text) ?? DROP_BEFORE.exec(clause.text)
  const words = tidy(rawGroup(scene, clause, match, 'x'))
  if (!match || isPointing(words) || topicOf(words) !== null) return null
  const item = findItem(words, scene.deal.items)
  if (!item && !scene.open) return null
  return {
    ...place(clause, match),
    field: 'item',
    item: item?.name ?? words,
    before: item?.name ?? words,
    after: null,
    strength: item ? 0.88 : 0.65,
    same: false,
  }
}

/** How all of it is to be: 都带刹车, 不带头枕, 要求私有化部署. Beside a deal only: elsewhere it is a first need. */
function readManner(scene: Scene, clause: Clause): Proposal | null {
  const found = scene.agreed ? (WITH.exec(clause.text) ?? DEMAND.exec(clause.text)) : null
  const group = ['x', 'y', 'z'].find((name) => found?.groups?.[name] !== undefined)
  const after = found && group ? tidy(rawGroup(scene, clause, found, group)) : ''
  if (!found || after.length < 2 || isPointing(after) || /多少|什么|怎么|[你您]|合同|流程|规定|老/.test(after)) return null
  if (clause.entities.some((e) => e.kind === 'amount' || e.kind === 'date' || e.kind === 'payment')) return null
  const item = itemOf(scene, clause, after)
  const before = specBefore(item, '', after)
  return {
    ...place(clause, found),
    field: 'spec',
    item: item?.name || null,
    before,
    after,
    strength: 0.6,
    same: before === after,
  }
}

/** Papers and places: 多开一张出库单, 送到三号工地. */
function readAround(scene: Scene, clause: Clause): Proposal | null {
  const match = scene.open ? (PAPERS.exec(clause.text) ?? PLACE.exec(clause.text) ?? INVOICE.exec(clause.text)) : null
  const after = tidy(rawGroup(scene, clause, match, match?.groups?.y === undefined ? 'x' : 'y'))
  if (!match || after.length < 2 || isPointing(after) || /多少|什么|哪|[你我他她您咱]/.test(after)) return null
  return { ...place(clause, match), field: 'other', item: null, before: null, after, strength: 0.6, same: false }
}

function readAdd(scene: Scene, clause: Clause): Proposal | null {
  if (!scene.open) return null
  const explicit = ADD.exec(clause.text)
  const match = explicit ?? REQUIRE.exec(clause.text) ?? ALONG.exec(clause.text)
  const words = tidy(rawGroup(scene, clause, match, match?.groups?.y === undefined ? 'x' : 'y'))
  if (!match || words.length < 2 || isPointing(words) || /多少|什么|怎么|吗$|[你我他她您咱]/.test(words)) return null
  const other = TOPICS.other.test(words) || /报告|证|说明书|合格|资料|图纸/.test(words)
  return {
    ...place(clause, match),
    field: other ? 'other' : 'item',
    item: other ? null : words,
    before: null,
    after: words,
    strength: explicit ? 0.8 : 0.6,
    same: false,
  }
}
