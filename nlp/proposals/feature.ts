import type { Clause } from '../clauses.js'
import { findItem, formatQuantity } from '../deal.js'
import type { Field, Item } from '../finding.js'
import { TOPICS } from '../lexicon.js'
import type { Proposal, Reader, Scene } from '../scene.js'

const SWAP =
  /(?:把|将)?(?<a>[^，,]{0,16}?)(?:的)?(?:都|全|全部|统一|也|给我|帮我|麻烦|能不能|可不可以|可以|要|想|得|需要|还是)*(?:换成|改成|改为|换为|变成|换做|改做|改用|换用|改走|改发|改送到?|改寄到?|改到|换到|换(?!货|句|言|个时间|一下|人|算|行|了|位|季|届)|改(?!一下|天|日|主意|口|动|改|变|进|善|造|了|下|个))(?<b>[^，,。]{1,20})/
const ADD =
  /(?:再|另外|还|多|顺便|外加|额外|同时|最好|能不能|要|得|需要|麻烦|帮我|帮忙)*(?:加上|增加|添加|加装|加配|配上|附上|带上|补上|捎上|加(?!急|到|班|油|我|微|一下|群|价|了|点钱|钱|快|工|起来|入|大|强)|配(?!合|送|件|货|置|套|不|方)|附(?!近|件|议))(?:个|一个|一套|一份|一台|上|点|些|一些|一张|一条|一项|一批)?(?<x>[^，,。\d]{2,14})/
const DROP_AFTER =
  /^(?<x>[^，,。]{2,14}?)(?:就|先|也|都|可以|这次|暂时|全部|全)*(?:不要了|不用了|不做了|不需要了|不上了|去掉|取消|删掉|砍掉|拿掉|先不要|先不做|免了|不要|撤掉|删了|砍了|退掉)(?:吧|了|哈|啊)?$/
const DROP_BEFORE = /(?:去掉|取消|删掉|砍掉|拿掉|删除|砍了|撤掉|减掉|不要)(?<x>[^，,。]{2,12})/
const NOT_DROP =
  /不要(?:紧|忘|急|担心|客气|着急|怕|管|太|再|让|给我|发|催|误|搞错|弄错|超过|钱|命|脸|说|以为|少|影响|耽误|问|打|乱|随便|用|有|提前|迟|晚|出|放|那么|这么|求|总|老)|要不要|订单|单子|合同|合作|会议|约|预约|这(?:批|次|单)|整(?:批|单)/
const REQUIRE = /(?:必须|要求|需要|一定要|务必|得|要)(?:能|带|有|支持|附|含|配|是|用|做|满足|通过|符合|提供)(?<x>[^，,。]{2,14})/
const TAIL =
  /(?:的话|吧|了|哈|啊|呀|呢|嘛|哦|噢|哟|谢谢|可以吗|可以不|行吗|行不行|行不|好吗|好不好|成不|中不|吗|么|一下|可以|就行|就好|即可|比较好|好一点|好些|更好|的)+$/
const HEAD =
  /^(?:我们?|咱们?|我想|那个|这个|那|这|就|还有|另外|然后|对了|麻烦|帮忙?|帮我|请|能不能|可不可以|能否|可以|想|要|需要|得|还是|嗯|好的?|哦|哎|您好|你好|王经理|经理|老师|全部|都|所有|里面的?|原来的?|之前的?|现在的?|个|一个|一下|把|将|也)+/
const PRONOUN = /^(?:这个|那个|这种|那种|这样|那样|它|他|别的|其他的?|什么|一下|个|的|人|你|我|一个|新的?|好)$/

const clean = (words: string) => words.replace(TAIL, '').replace(HEAD, '').replace(TAIL, '').replace(/\s+/g, ' ').trim()

function fieldOf(clause: Clause, words: string): Field {
  if (TOPICS.other.test(clause.text)) return 'other'
  if (TOPICS.spec.test(clause.text) || /色$|款$|码$|型$|级$|^[A-Za-z\d*.]+$|进口|国产|不锈钢|铝合金|镀锌|材/.test(words))
    return 'spec'
  return 'item'
}

function beforeOf(field: Field, item: Item | null, a: string): string | null {
  if (
    a !== '' &&
    !/规格|型号|材质|颜色|尺寸|长度|厚度|地址|发票|抬头|物流|快递|包装|款式|配置/.test(a) &&
    (field !== 'spec' || item?.spec == null)
  )
    return field === 'item' && item && a.length < item.name.length ? item.name : a
  if (field === 'spec') return item?.spec ?? null
  return field === 'item' ? (item?.name ?? null) : null
}

/** What is bought, its make, and everything around it: 颜色换成黑色, 再加个培训, 骨钉不要了, 地址改到浦东仓. */
export const readFeatureProposals: Reader = (scene, clause, topic) => {
  if (topic === 'delivery' || topic === 'terms' || topic === 'budget' || topic === 'price') {
    if (!clause.entities.some((e) => e.kind === 'spec')) return []
  }
  const valued = clause.entities.some(
    (e) =>
      e.kind === 'date' ||
      e.kind === 'duration' ||
      e.kind === 'amount' ||
      (e.kind === 'quantity' && !e.article) ||
      e.kind === 'percent' ||
      e.kind === 'payment' ||
      e.kind === 'number',
  )
  const swap = valued ? null : readSwap(scene, clause)
  if (swap) return [swap]
  const spec = readSpec(scene, clause)
  if (spec) return [spec]
  if (valued) return []
  const found = readDrop(scene, clause) ?? readAdd(scene, clause)
  return found ? [found] : []
}

const place = (clause: Clause, match: RegExpExecArray) => ({
  from: clause.from + match.index,
  to: clause.from + match.index + match[0].length,
  clause,
})

function readSwap(scene: Scene, clause: Clause): Proposal | null {
  const match = SWAP.exec(clause.text)
  const b = clean(rawOf(scene, clause, match, 'b'))
  if (!match || b === '' || PRONOUN.test(b)) return null
  const a = clean(rawOf(scene, clause, match, 'a'))
  const item = findItem(clause.text, scene.deal.items) ?? (scene.deal.items.length === 1 ? (scene.deal.items[0] ?? null) : null)
  const field = fieldOf(clause, b)
  const before = beforeOf(field, item, a)
  const named = field === 'item' || field === 'spec' ? (item?.name ?? null) : null
  const same = item !== null && (item.spec === b || item.name === b)
  return { ...place(clause, match), field, item: named, before, after: b, strength: 0.9, same }
}

function rawOf(scene: Scene, clause: Clause, match: RegExpExecArray | null, group: string): string {
  const words = match?.groups?.[group]
  if (!match || words === undefined) return ''
  const at = clause.from + match.index + match[0].lastIndexOf(words)
  return scene.raw.slice(at, at + words.length)
}

/** 「M8*30的换M8*40」「要9孔的」: a size that is not the deal's. */
function readSpec(scene: Scene, clause: Clause): Proposal | null {
  const specs = clause.entities.filter((e) => e.kind === 'spec')
  const last = specs.at(-1)
  if (!last || !scene.open || clause.entities.some((e) => e.kind === 'quantity' || e.kind === 'amount')) return null
  const lead = scene.text.slice(clause.from, last.from)
  const moved = /改|换|调|变|要|用|做成|上(?=\s*$)/.test(lead)
  const item = findItem(clause.text, scene.deal.items) ?? (scene.deal.items.length === 1 ? (scene.deal.items[0] ?? null) : null)
  const first = specs.length > 1 ? specs[0] : undefined
  const before = item?.spec ?? (first ? scene.raw.slice(first.from, first.to) : null)
  const after = scene.raw.slice(last.from, last.to).trim()
  const squeeze = (s: string) => s.replace(/\s+/g, '').replace(/[×xX]/g, '*')
  const same = before !== null && squeeze(before).includes(squeeze(after))
  const strength = /改|换|调/.test(lead) ? 0.95 : moved ? 0.65 : 0.3
  return { field: 'spec', item: item?.name ?? null, before, after, from: last.from, to: last.to, clause, strength, same }
}

function readDrop(scene: Scene, clause: Clause): Proposal | null {
  if (NOT_DROP.test(clause.text)) return null
  const match = DROP_AFTER.exec(clause.text) ?? DROP_BEFORE.exec(clause.text)
  const words = clean(rawOf(scene, clause, match, 'x'))
  if (!match || words === '' || PRONOUN.test(words)) return null
  const item = findItem(words, scene.deal.items)
  if (!item && !scene.open) return null
  const before = item ? (item.qty === null ? item.name : formatQuantity(item.qty, item.unit)) : words
  return {
    ...place(clause, match),
    field: 'item',
    item: item?.name ?? words,
    before,
    after: null,
    strength: item ? 0.9 : 0.65,
    same: false,
  }
}

function readAdd(scene: Scene, clause: Clause): Proposal | null {
  if (!scene.open) return null
  const match = ADD.exec(clause.text) ?? REQUIRE.exec(clause.text)
  const words = clean(rawOf(scene, clause, match, 'x'))
  if (!match || words.length < 2 || PRONOUN.test(words) || /多少|什么|怎么|吗$|你|我/.test(words)) return null
  const explicit = ADD.test(clause.text)
  const field = TOPICS.other.test(words) ? 'other' : 'item'
  return {
    ...place(clause, match),
    field,
    item: field === 'item' ? words : null,
    before: null,
    after: words,
    strength: explicit ? 0.8 : 0.6,
    same: false,
  }
}
