import type { QuantityEntity } from '../entities/entity.js'
import { isSameUnit, LOOSE_UNITS } from '../entities/units.js'
import type { Item } from '../finding.js'
import { findMentions } from '../goods.js'
import { ADD_TAIL } from '../lexicon.js'
import type { Proposal, Reader } from '../scene.js'
import { isPointing, phrase } from './feature-words.js'
import { itemAt } from './items.js'
import { specBefore } from './spec.js'

/** 「10个做成120×200的」「其中2台要升到16核32G」: some, a verb of becoming, and what they become. */
const BECOMES =
  /^\s?(?:都|全|给我们?|帮我们?|要|得|想|就)*(?:换[成为做]?|改[成为做用]?|做成?|升[到级成]{0,2}|变成?|用|要|发)\s?(?<x>[^，,。？?\s]{1,12}?)(?:的[^，,。]{0,4}|吧|行吗|行不|可以吗|噻|哈|啊|呗|了)*$/
/** 「里头一百公斤藏青」「60盒里换20盒26G的」: what they are to be stands right behind. */
const AMONG = /(?:(?:里头?|里面|当中|其中)(?:再|给我)?(?:有|匀|拿|换|挑|留|改)?|换|改|做|拿)\s*(?:出|成|做)?\s*$/
const BEHIND = /^\s?(?:要|是|的)?(?<x>[^，,。？?\s]{1,10}?)(?:的[^，,。]{0,4}|吧|噻|哈|啊|呗|了)*$/
const NO_WAY =
  /^(?:[来去等看问发送付开交给签盖写填回到过出进下]|先|再|就|也|都|不|没|够|少|多|早|晚|多少|什么|怎么|几|哪)|时间|价|钱|[你您我他她]|发票|合同|吗|货|[号日]$/

/** Some of what is ordered in another way: how many are ordered stays, the part and its way are one value (`20盒26G`). */
export const readPart: Reader = (scene, clause) => {
  if (!scene.agreed) return []
  const counted = clause.entities.filter((e): e is QuantityEntity => e.kind === 'quantity')
  for (const e of counted) {
    const before = scene.text.slice(clause.from, e.from)
    // 「十几包」 counts nothing out.
    if (e.max !== null || /几/.test(scene.text.slice(e.from, e.to))) continue
    const among = AMONG.test(before)
    if (!among && !/另外\s*$/.test(before) && (ADD_TAIL.test(before) || /[加多少减]到?\s*$/.test(before))) continue
    const tail = scene.text.slice(e.to, clause.to)
    const match = BECOMES.exec(tail) ?? (among ? BEHIND.exec(tail) : null)
    const said = match?.groups?.x
    if (!match || said === undefined || NO_WAY.test(said)) continue
    const from = e.to + match[0].indexOf(said)
    const way = phrase(scene.raw.slice(from, from + said.length))
    if (way === '' || isPointing(way) || (way.length < 2 && !/[\d红黑白灰蓝绿黄银金紫粉]/.test(way))) continue
    if (
      clause.entities.some((one) => one.kind !== 'spec' && one.from >= e.to && !way.includes(scene.raw.slice(one.from, one.to)))
    )
      continue
    // 「18L的要2000粒」 points at what is ordered.
    if (findMentions(way, scene.deal.items).some((m) => m.by === 'spec' || m.to - m.from >= way.length - 1)) continue
    const item = itemAt(scene, clause, e, { unit: e.unit })
    if (!item || !isPart(e, item, BECOMES.test(tail) && /换|改|做成/.test(tail))) continue
    const spec = specBefore(item, '', way)
    const after = `${scene.raw.slice(e.from, e.to)}${way}`.replace(/\s+/g, '')
    const at = { from: e.from, to: from + said.length, clause, strength: 0.95, same: false, outright: true, part: true }
    return [{ ...at, field: 'spec', item: item.name || null, before: spec, after } satisfies Proposal]
  }
  return []
}

function isPart({ value, unit, article }: QuantityEntity, item: Item, becomes: boolean): boolean {
  return (!article || becomes) && item.qty !== null && value < item.qty && (isSameUnit(item.unit, unit) || LOOSE_UNITS.has(unit))
}
