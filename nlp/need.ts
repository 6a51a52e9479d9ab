import { emptyDeal, findItem, formatQuantity } from './deal.js'
import { parseIso } from './entities/calendar.js'
import type { QuantityEntity, SpecEntity } from './entities/entity.js'
import type { Finding, Question, Slot, Span } from './finding.js'
import { ADD_TAIL, CONTRAST, NEW_ORDER, WANT_TAIL } from './lexicon.js'
import { tidy } from './proposals/feature-words.js'
import { makeScene, readProposals } from './read-scene.js'
import type { Scene } from './scene.js'
import { THRESHOLD } from './weigh.js'

/** What is wanted beside, or before, any running order: its terms as far as they were said. `spans` are offsets into the text. */
export type Need = { slots: Slot[]; spans: Span[] }

/** The words that make a number of things a wish for them, where nothing is agreed yet. */
const WANTED =
  /来|要(?!是|不|求|紧)|订|定|拿|采购|补|配|买|进|下单|先按|报(?:个|一)?价|什么价|啥价|多少钱|怎么卖|现货|有货|能做|需要|想做|做一批|安排/
/** Words that look for something to buy, without a number. */
const SOUGHT =
  /想(?:要|买|做|订|定|配|采购|进|了解)|要(?:进|买|订|采购|配)|帮[我忙]配|[来订进配][一]?[批份套]|有没有|报(?:个|一)?价/
/** Only told of, weighed, or somebody else's. */
const NOT_WANTED = new Set(['past', 'suppose', 'consider', 'others'])
/** Below this the words hardly set the value. */
const PLAIN = 0.5

/**
 * An order repeated or a new need (补货, 新单, 「再来200箱」 when nothing is open): an answer of its own, since nothing that
 * was promised changes; what the finding says of a change does not hold then. Null for a change, and where no goods are
 * asked for. Pure.
 */
export function readNeed(question: Question, finding: Finding): Need | null {
  if (question.text.trim() === '') return null
  const scene = makeScene(question.text, { deal: emptyDeal, open: false, agreed: false, today: parseIso(question.today) ?? 0 })
  const again = NEW_ORDER.exec(scene.text)
  const quantities = countedIn(scene)
  // What names itself a new order is one, and so are goods that are asked for while nothing is agreed, even where the net
  // alone takes the wish for a change.
  const anew = again !== null || (question.deal === null && quantities.length > 0 && !CONTRAST.test(scene.text))
  if (finding.change && !(anew && finding.why.rules < THRESHOLD)) return null
  const heard = finding.signals.some(({ name }) => name === '新单')
  if (!again && question.deal !== null) return null
  if (!again && !(quantities.length > 0 && (WANTED.test(scene.text) || heard)) && !(heard && SOUGHT.test(scene.text))) return null
  if (again && quantities.length === 0 && moodAt(scene, again.index) !== 'state') return null

  const slots: Slot[] = []
  const spans: Span[] = again ? [{ from: again.index, to: again.index + again[0].length, field: 'other' }] : []
  const item = (question.deal && findItem(scene.text, question.deal.items)?.name) ?? null
  for (const e of quantities) {
    slots.push(slotOf('quantity', thingBeside(scene, e) ?? item, formatQuantity(e.value, e.unit)))
    spans.push({ from: e.from, to: e.to, field: 'quantity' })
  }
  const only = quantities.length === 1 ? (slots[0]?.item ?? null) : item
  for (const e of scene.entities.filter((one): one is SpecEntity => one.kind === 'spec').slice(0, quantities.length || 1)) {
    if (quantities.length > 0) slots.push(slotOf('spec', only, scene.raw.slice(e.from, e.to)))
    spans.push({ from: e.from, to: e.to, field: 'spec' })
  }
  for (const p of readProposals(scene)) {
    if ((p.field !== 'delivery' && p.field !== 'budget') || p.strength < PLAIN || p.vague || p.after === null) continue
    slots.push(slotOf(p.field, null, p.after))
    spans.push({ from: p.from, to: p.to, field: p.field })
  }
  return { slots, spans: spans.sort((a, b) => a.from - b.from) }
}

const slotOf = (field: Slot['field'], item: string | null, after: string): Slot => ({ field, item, before: null, after })

const moodAt = (scene: Scene, at: number) => scene.clauses.find((one) => one.from <= at && at < one.to)?.mood

/** Numbers of goods that are asked for; 一个 and 一批 count nothing. */
const countedIn = (scene: Scene): QuantityEntity[] =>
  scene.entities.filter(
    (e): e is QuantityEntity =>
      e.kind === 'quantity' &&
      !e.article &&
      !/^\s?(?:人|位客)/.test(scene.text.slice(e.to)) &&
      !NOT_WANTED.has(moodAt(scene, e.from) ?? 'state'),
  )

/** What stands around a number and is no thing to buy. */
const NO_THING =
  /[吗呢吧么了]|价|钱|多少|现货|左右|就行|[起走上]$|能|可以|要|来|送|到|发|下单|报|货|单|谢|想|我|你|给|这|那|老样|上次|一共|总共|大概|最好|急/

/** 「40箱胶带」「吸塑托盘2000个」: the thing that is counted, where it plainly stands beside its number. */
function thingBeside(scene: Scene, { from, to }: QuantityEntity): string | null {
  const after = /^\s?的?([一-龥]{2,8})(?=$|[^一-龥])/.exec(scene.text.slice(to))?.[1]
  const before = scene.text
    .slice(0, from)
    .replace(WANT_TAIL, '')
    .replace(ADD_TAIL, '')
    .match(/(?:^|[^一-龥A-Za-z])([一-龥A-Za-z]{2,10})\s?$/)?.[1]
  for (const words of [after, before]) {
    const thing = words === undefined ? '' : tidy(words)
    if (thing.length >= 2 && !NO_THING.test(thing)) return thing
  }
  return null
}
