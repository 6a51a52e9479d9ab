import { daysBefore, itemBefore, topicBefore } from './conversation.js'
import type { Turn } from './finding.js'
import { isNear } from './near.js'
import { normalize } from './normalize.js'
import { once } from './once.js'
import { quotesBefore } from './quotes.js'
import { makeScene, readProposals, type Setting } from './read-scene.js'
import type { Proposal, Scene } from './scene.js'
import { THRESHOLD, weigh } from './weigh.js'

/** The rep asks for consent, or offers something; a mere report (已改好) or a question of another kind is no proposal. */
const PROPOSES =
  /[?？]|吗|您看|你看|要不|那就|那给您|给您(?:改|换|加|调|安排)|帮您(?:改|换|加|调|安排)|我(?:这边|这就|先|给)|可以(?:改|换|加|给|做)|最快|最多|最低|建议|改成|换成|只能|延到|推迟到|提前到|推荐/
const REPORTED = /已经?(?:改|换|安排|发|调|取消|更新|帮您|给您)|改好了|安排好了|发出去了|更新了|下单了|录好了/
/** What was wished for can't be had as it was wished. */
const DEPARTS =
  /抱歉|不好意思|对不起|没有|没货|缺货|断货|售罄|卖完|不(?:行|够|支持|符合|能|到)|只(?:有|能|是|剩)|最[快多低晚早少]|要?加[收价钱]?\d|贵|差价|超出|不足|满了|排满|来不及|做不[了到]|起订|都没|但/

/** The rep's last words ask for a yes. */
export const asksForYes = (rep: string): boolean => rep !== '' && PROPOSES.test(rep) && !REPORTED.test(rep)
/** The rep's last words offer something else than what was wished for. */
export const offersOther = (rep: string): boolean => DEPARTS.test(rep) && asksForYes(rep)

/**
 * What lies open between the two when the customer speaks again: what the rep has put forward that the deal does not say,
 * what of it only says again what the customer has asked for, and what the customer had asked about and got no answer to
 * but this.
 */
export type Table = { rep: string; fresh: Proposal[]; echo: Proposal[]; pending: Proposal[] }

export const isMoney = ({ field }: Proposal) => field === 'price' || field === 'budget'
const numberIn = (words: string | null) => /\d+(?:\.\d+)?/.exec(words ?? '')?.[0]
const squeeze = (words: string | null) => (words ?? '').replace(/\s+/g, '').toLowerCase()
/** 「0-2.5」 and 「0-2.5MPa」 are one value. */
export function isAlike(a: string | null, b: string | null): boolean {
  const [x, y] = [squeeze(a), squeeze(b)]
  return (
    x === y ||
    (x !== '' && y !== '' && (x.includes(y) || y.includes(x))) ||
    (numberIn(a) !== undefined && numberIn(a) === numberIn(b))
  )
}

const startOf = (turns: Turn[], end: number, speaker: Turn['speaker']): number => {
  let start = end
  while (start > 0 && turns[start - 1]?.speaker === speaker) start--
  return start
}

const textOf = (turns: Turn[]) => turns.map(({ text }) => text).join('\n')
const ASKS = /[?？]|吗|呢$|多少|什么|怎么|几[号点天个]|哪/

type Asked = { p: Proposal; sure: boolean; open: boolean }

/** What the customer's turns ask for; `open` where they ask for consent, or only about it. */
function readAsked(turns: Turn[], earlier: Turn[], setting: Setting): Asked[] {
  return turns.slice(-2).flatMap((turn) => {
    const scene = makeScene(turn.text, {
      ...setting,
      topic: topicBefore(earlier),
      mentioned: once(() => itemBefore(earlier, setting.deal)),
      quotes: once(() => quotesBefore(earlier, setting)),
      days: once(() => daysBefore(earlier, setting.today)),
    })
    return readProposals(scene).map((p) => ({
      p,
      sure: weigh(p, scene) >= THRESHOLD,
      open: /request|ask|suppose/.test(p.clause.mood),
    }))
  })
}

/** How plainly a value in the rep's words is put forward. */
function isOffered(p: Proposal, rep: string, asked: Asked[], scene: Scene, setting: Setting): boolean {
  if (p.same || /suppose|past|others/.test(p.clause.mood)) return false
  const own = asked.some(({ p: w }) => w.field === p.field && w.after === p.after)
  const spoken = asked.some(({ p: w }) => w.field === p.field || (isMoney(w) && isMoney(p)))
  if (own || (spoken && p.strength >= 0.2)) return true
  if (setting.agreed) return p.strength >= (asksForYes(rep) || p.clause.text.length <= 8 ? 0.5 : 0.7)
  // With nothing agreed only what the rep sets against something earlier is more than a first suggestion.
  if (weigh(p, scene) >= THRESHOLD) return true
  const compared = p.before !== null || isMoney(p)
  return (
    compared && p.strength >= 0.5 && (offersOther(rep) || (p.before !== null && asksForYes(rep)) || /涨|降到|调到|改/.test(rep))
  )
}

/** `deep`: whatever was said since; else only questions may stand between the offer and its answer. */
export function readTable(context: Turn[], setting: Setting, deep = false): Table {
  let end = context.length
  for (let level = 0; level < (deep ? 4 : 3) && end > 0; level++) {
    const repFrom = startOf(context, end, 'rep')
    const rep = textOf(context.slice(repFrom, end))
    const customerFrom = startOf(context, repFrom, 'customer')
    const before = context.slice(0, customerFrom)
    const said = context.slice(customerFrom, repFrom)
    if (rep !== '' && !REPORTED.test(rep)) {
      const asked = readAsked(said, before, setting)
      const found = readOffer(rep, context.slice(0, repFrom), asked, setting)
      if (found.fresh.length + found.pending.length > 0 || (level === 0 && found.echo.length > 0)) return { rep, ...found }
    }
    if (customerFrom === repFrom || (!deep && (rep === '' || !ASKS.test(textOf(said))))) break
    end = customerFrom
  }
  return { rep: '', fresh: [], echo: [], pending: [] }
}

/** 「2.5，不能再低了」 after 「绣标一件加3块」 is still something more. */
function withSign(p: Proposal, scene: Scene): Proposal {
  const value = Number(p.after)
  if (p.field !== 'price' || !(value > 0) || /^[+-]/.test(p.after ?? '')) return p
  const near = scene.quotes().find((quote) => quote.sign !== '' && isNear(value, quote))
  return near ? { ...p, after: `${near.sign}${p.after}` } : p
}

function readOffer(rep: string, earlier: Turn[], asked: Asked[], setting: Setting): Omit<Table, 'rep'> {
  const scene = makeScene(rep, {
    ...setting,
    rep: true,
    topic: topicBefore(earlier),
    mentioned: once(() => itemBefore(earlier, setting.deal)),
    days: once(() => daysBefore(earlier, setting.today)),
    quotes: once(() => quotesBefore(earlier, setting)),
  })
  const offered = readProposals(scene)
    .filter((p) => isOffered(p, rep, asked, scene, setting))
    .map((p) => withSign(p, scene))
  const says = (p: Proposal) => asked.find(({ p: w }) => w.field === p.field && isAlike(w.after, p.after))
  // 「80瓶要分两批」: what was asked for already, and needs no further yes, beside what comes new.
  const echo = offered.filter((p) => says(p)?.sure && !says(p)?.open)
  const fresh = offered.filter((p) => !echo.includes(p))
  // 「陶瓷的好使不」·「贵15一副」·「换」: what was only asked about is settled with it.
  const answered = fresh.length > 0 || asksForYes(rep) || /^(?:有|可以|能|行|没问题|好|还没|改得)/.test(normalize(rep))
  const pending = asked
    .filter(({ p, sure, open }) => (open || !sure) && !p.same && !p.vague && p.strength >= (p.field === 'quantity' ? 0.9 : 0.5))
    .map(({ p }) => p)
    .filter((p) => !offered.some((q) => q.field === p.field || (isMoney(q) && isMoney(p))))
  return { fresh, echo, pending: answered ? pending : [] }
}
