import { emptyDeal } from './deal.js'
import type { Day } from './entities/calendar.js'
import { readDates } from './entities/date.js'
import { extractEntities } from './entities/extract.js'
import type { Deal, Field, Item, Speaker, Turn } from './finding.js'
import { findMentions } from './goods.js'
import { CHANGE_WORD, topicOf } from './lexicon.js'
import { normalize } from './normalize.js'

/** Quantity has no topic of its own here: a bare number that could be anything stays a bare number. */
const CARRIED: (Field | null)[] = ['terms', 'price', 'budget', 'delivery']

/** The item that was last named: 「就按45」 after talk of the washers. */
export function itemBefore(context: Turn[], deal: Deal): Item | null {
  if (deal.items.length < 2) return null
  for (const turn of [...context].reverse()) {
    const named = findMentions(normalize(turn.text), deal.items)
    const found = named.at(-1)
    if (found) return found.item
  }
  return null
}

export function topicBefore(context: Turn[]): Field | null {
  for (const turn of context.slice(-2).reverse()) {
    const topic = topicOf(normalize(turn.text))
    if (topic !== null) return CARRIED.includes(topic) ? topic : null
  }
  return null
}

/** Days that the last turns have named, as ISO dates or ranges, newest first. */
export const daysBefore = (context: Turn[], today: Day): string[] =>
  context
    .slice(-3)
    .reverse()
    .flatMap(({ text }) => readDates(normalize(text), today).flatMap((e) => (e.bareDay ? [] : [e.iso])))

/** The turns after the customer's last one: what the rep said to which this message answers. */
export function lastOfRep(context: Turn[]): string {
  const out: string[] = []
  for (let i = context.length - 1; i >= 0 && context[i]?.speaker === 'rep'; i--) out.unshift(context[i]?.text ?? '')
  return out.join('\n')
}

/** What that side last said within the last four turns. */
export const lastWordOf = (context: Turn[], speaker: Speaker): string =>
  context.slice(-4).findLast((turn) => turn.speaker === speaker)?.text ?? ''

/** The customer's own turns right before this message, with nobody between. */
export function lastOfCustomer(context: Turn[]): string[] {
  const out: string[] = []
  for (let i = context.length - 1; i >= 0 && context[i]?.speaker === 'customer' && out.length < 3; i--)
    out.unshift(context[i]?.text ?? '')
  return out
}

const TOTAL = /预算|总价|总共|一共|合计|房租|月租|一个月|每月|报/

/** The deal filled up, where it is silent, with what was last said before. Only what stands in the conversation as a plain value. */
export function fillFromContext(deal: Deal | null, context: Turn[], today: Day): Deal {
  // A list of its own: what is found in it is remembered as long as this question lasts.
  const filled: Deal = deal ? { ...deal, items: [...deal.items] } : { ...emptyDeal }
  if (deal && deal.delivery !== null && deal.budget !== null && deal.items.length > 0) return filled
  for (const turn of context.slice(-8).reverse()) {
    const text = normalize(turn.text)
    if (/多少|什么|多久|哪|几/.test(text) || (turn.speaker === 'customer' && /[?？]|吗/.test(text))) continue
    const entities = extractEntities(text, today)
    const specs = entities.flatMap((e) => (e.kind === 'spec' ? [e.words] : []))
    if (specs.length > 0 && filled.items.length === 0) filled.items = [{ name: '', spec: specs.join(' '), qty: null, unit: null }]
    for (const e of entities) {
      if (e.kind === 'date' && filled.delivery === null && !e.past && /交|货|送|到|发|装|入住|约|上门|时间|看房/.test(text))
        filled.delivery = e.iso
      if (
        e.kind === 'amount' &&
        filled.budget === null &&
        (e.per === null || e.per === '月') &&
        (turn.speaker === 'customer' || TOTAL.test(text))
      )
        filled.budget = e.value
      if (e.kind === 'number' && filled.budget === null && /预算\s?(?:是|在|大概|差不多)?\s?$/.test(text.slice(0, e.from)))
        filled.budget = e.value
      if (e.kind === 'quantity' && !e.article && filled.items.length === 0)
        filled.items = [{ name: '', spec: null, qty: e.value, unit: e.unit }]
    }
  }
  return filled
}

const ASKED: [Field, RegExp][] = [
  [
    'quantity',
    /(?:要|来|改|加|订|做|拿|减|变)?(?:成|到)?(?:多少|几)(?:套|个|件|箱|盒|包|台|把|支|只|条|张|片|米|吨|斤|公斤|数量|呢|合适)?(?!钱|天|号|点|价|折)|数量(?:是|呢|改)?/,
  ],
  ['delivery', /(?:什么时候|啥时候|哪天|几号|几时|何时|多久|哪一天|周几|几天|什么时间|时间呢|最晚|交期)/],
  ['budget', /预算|多少钱|什么价位|心理价|总价/],
  ['spec', /什么(?:规格|型号|颜色|材质|尺寸)|哪[个款种]|多[大长厚高粗]/],
]
const PREFIX: Partial<Record<Field, string>> = {
  quantity: '数量改成',
  delivery: '交期改到',
  budget: '预算改成',
  price: '单价改成',
  spec: '规格改成',
}

const VALUE = /[\d一二两三四五六七八九十百千万半几月周号天]/

/** The rep's question names what a bare answer is about: 「改成多少？」「300」. */
function askedBy(rep: string): Field | null {
  if (!/[?？]|多少|几|什么|啥|哪|呢$/.test(rep)) return null
  const own = topicOf(normalize(rep))
  if (own === 'delivery' || own === 'budget' || own === 'price' || own === 'quantity') return own
  // 「预付款什么时候安排？」 asks for money, not for goods.
  if (own === 'terms' || own === 'other') return null
  return ASKED.find(([, pattern]) => pattern.test(rep))?.[0] ?? null
}

/** Ends where the value should come: 「交期改到」「数量加到」「改成」, or names a matter alone: 「交期」「数量那个」. */
const UNFINISHED =
  /(?:改[成到为]?|换成?|加到|减到|调到|提前到|推迟到|延到|变成|定在|放到|做到|控制在|压到|降到|挪到|要|是|就|按|大概|最好|得|把|再加|再来|再要|再订|再发|追加|多要|少要|往后推|提前|推迟)[.…\s]*$|^.{0,8}(?:数量|交期|交货期?|预算|单价|价格|账期|颜色|规格|型号|地址|时间|日期)(?:这块|那边|那个|这个|方面|的话|呢|那块|上)?[.…，,\s]*$/

/**
 * The beginning of the thought that this message ends, to be read before it. Customers split a sentence over messages,
 * or answer the rep's question with a bare value.
 */
export function thoughtBefore(context: Turn[], text: string): string {
  if (text.length > 24) return ''
  const own = lastOfCustomer(context)
  const last = own.at(-1)
  if (last !== undefined)
    return last.length <= 30 && UNFINISHED.test(normalize(last))
      ? last.replace(/[，,。.…\s]+$/, '')
      : VALUE.test(text) || text.length <= 6
        ? topicCarried(last)
        : ''
  const rep = lastOfRep(context)
  if (rep === '') return ''
  const asked = askedBy(rep)
  const prefix = asked === null ? undefined : PREFIX[asked]
  // 「这个不可能」 answers the question too, but not with a value.
  const [first = ''] = text.split(/[，,。；;]/)
  if (prefix === undefined || (asked !== 'spec' && !VALUE.test(first)) || first.length > 12) return ''
  return changeSpoken(context) || /改|换|调|变/.test(rep) ? prefix : prefix.slice(0, 2)
}

/** 「数量要改一下」 then 「300套」. */
function topicCarried(last: string): string {
  const text = normalize(last)
  const topic = CHANGE_WORD.test(text) && !/\d/.test(text) ? topicOf(text) : null
  return topic === null ? (CHANGE_WORD.test(text) && text.length < 16 && !/\d/.test(text) ? '改成' : '') : (PREFIX[topic] ?? '')
}

/** The customer has said in the last turns that something will change. */
export const changeSpoken = (context: Turn[]): boolean =>
  context.slice(-4).some((turn) => turn.speaker === 'customer' && CHANGE_WORD.test(normalize(turn.text)))
