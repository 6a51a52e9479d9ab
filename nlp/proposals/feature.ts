import type { Clause } from '../clauses.js'
import { findItem } from '../deal.js'
import { TOPICS, topicOf } from '../lexicon.js'
import type { Proposal, Reader, Scene } from '../scene.js'
import {
  ADD,
  ALONG,
  CARRIER,
  CONTACT,
  DROP_AFTER,
  DROP_BEFORE,
  INVOICE,
  isPointing,
  NOT_DROP,
  PAPERS,
  PLACE,
  REQUIRE,
  tidy,
  WHERETO,
} from './feature-words.js'
import { isSize } from './items.js'

/** What is bought and all around it: 再加个培训, 骨钉不要了, 送到浦东仓. */
export const readFeatureProposals: Reader = (scene, clause, topic) => {
  const dropped = DROP_AFTER.test(clause.text) ? readDrop(scene, clause) : null
  if (dropped) return [dropped]
  if (topic === 'terms' || topic === 'price') return []
  // 「再加两百个送到城东工地」: a place may stand beside a value, other wishes are read only where none stands.
  const valued = clause.entities.some((e) => (e.kind === 'quantity' ? !e.article && !isSize(e.unit, scene) : VALUES.has(e.kind)))
  const lasting = valued && /质保|保修|质保期|培训/.test(clause.text) && /加|延/.test(clause.text)
  const other =
    valued && !lasting
      ? readAround(scene, clause)
      : (readDrop(scene, clause) ?? readAround(scene, clause) ?? readAdd(scene, clause))
  return other ? [other] : []
}

const VALUES = new Set(['date', 'duration', 'amount', 'percent', 'payment', 'number'])

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
    // With goods agreed, what none of them is called is hardly one that goes.
    strength: item ? 0.88 : scene.agreed && scene.deal.items.length > 0 && words.length < 3 ? 0.3 : 0.55,
    same: false,
  }
}

/** Papers and places: 多开一张出库单, 送到三号工地. */
function readAround(scene: Scene, clause: Clause): Proposal | null {
  const match = scene.open
    ? (PAPERS.exec(clause.text) ??
      WHERETO.exec(clause.text) ??
      PLACE.exec(clause.text) ??
      CONTACT.exec(clause.text) ??
      CARRIER.exec(clause.text) ??
      INVOICE.exec(clause.text))
    : null
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
