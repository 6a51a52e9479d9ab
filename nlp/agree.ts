import { daysBefore, itemBefore, lastOfRep, lastWordOf, topicBefore } from './conversation.js'
import type { Turn } from './finding.js'
import { normalize } from './normalize.js'
import { once } from './once.js'
import { readQuotes } from './quotes.js'
import { makeScene, readProposals, type Setting } from './read-scene.js'
import type { Proposal } from './scene.js'
import { THRESHOLD, weigh } from './weigh.js'
import type { Earlier } from './withdraw.js'
import { beginsWithYes, isYes, onlyThanks, settles, tellsDecision } from './yes.js'

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

const isMoney = ({ field }: Proposal) => field === 'price' || field === 'budget'

/** The talk up to the rep's last words. */
function beforeRep(context: Turn[]): Turn[] {
  let end = context.length
  while (end > 0 && context[end - 1]?.speaker === 'rep') end--
  return context.slice(0, end)
}

/** 「2.5，不能再低了」 after 「绣标一件加3块」 is still something more. */
function withSign(p: Proposal, earlier: Turn[]): Proposal {
  const value = Number(p.after)
  if (p.field !== 'price' || !(value > 0) || /^[+-]/.test(p.after ?? '')) return p
  const words = earlier.slice(-6).filter(({ speaker }) => speaker === 'rep')
  for (const { text } of words.reverse()) {
    const found = /(贵|加|多|涨|便宜|少|降)(?:了|个|收)?\s?(\d+(?:\.\d+)?)/.exec(normalize(text))
    const named = Number(found?.[2])
    if (found && value >= named / 3 && value <= named * 1.3)
      return { ...p, after: `${/[贵加多涨]/.test(found[1] ?? '') ? '+' : '-'}${p.after}` }
  }
  return p
}

/**
 * What the rep has put forward that the deal does not say, with what the customer had only asked about before it. `alone`: the
 * yes stands alone, so that it may also repeat what was asked for already.
 */
export function offered(context: Turn[], setting: Setting, alone = true): Proposal[] {
  const rep = lastOfRep(context)
  if (rep === '' || REPORTED.test(rep)) return []
  const earlier = beforeRep(context)
  const asked = earlier
    .filter((turn) => turn.speaker === 'customer')
    .slice(-2)
    .flatMap((turn) => {
      const scene = makeScene(turn.text, { ...setting, mentioned: itemBefore(earlier.slice(0, -1), setting.deal) })
      return readProposals(scene).map((p) => ({ p, sure: weigh(p, scene) >= THRESHOLD }))
    })
  const scene = makeScene(rep, {
    ...setting,
    rep: true,
    topic: topicBefore(earlier),
    mentioned: itemBefore(context, setting.deal),
    days: once(() => daysBefore(earlier, setting.today)),
    quotes: once(() => readQuotes(lastWordOf(earlier, 'rep'), setting)),
  })
  const own = (p: Proposal) => asked.some(({ p: w }) => w.field === p.field && w.after === p.after)
  const spoken = (p: Proposal) => asked.some(({ p: w }) => w.field === p.field || (isMoney(w) && isMoney(p)))
  // With nothing agreed only what the rep sets against something earlier is more than a first suggestion.
  const plain = (p: Proposal) =>
    setting.agreed
      ? p.strength >= (asksForYes(rep) || spoken(p) ? 0.5 : 0.7)
      : weigh(p, scene) >= THRESHOLD ||
        ((p.before !== null || isMoney(p)) &&
          p.strength >= 0.5 &&
          (offersOther(rep) || (p.before !== null && asksForYes(rep)) || /涨|降到|调到|改/.test(rep)))
  const heard = readProposals(scene).filter((p) => !p.same && (plain(p) || own(p) || (spoken(p) && p.strength >= 0.2)))
  // 「80瓶要分两批」: what was asked for already, and needs no further yes, beside what comes new.
  const repeated = (p: Proposal) => asked.some(({ p: w, sure }) => sure && w.field === p.field && w.after === p.after)
  const fresh = heard.filter((p) => !repeated(p))
  const proposed = fresh.length > 0 ? fresh : alone ? heard : []
  // 「陶瓷的好使不」·「贵15一副」·「换」: what was only asked about is settled with it.
  const pending = asked
    .filter(
      ({ p, sure }) =>
        !sure && !p.same && p.strength >= (p.field === 'quantity' ? 0.9 : 0.5) && !proposed.some((q) => q.field === p.field),
    )
    .map(({ p }) => p)
  const signed = proposed.map((p) => withSign(p, earlier))
  return proposed.length > 0 || asksForYes(rep) || /^(?:有|可以|能|行|没问题|好)/.test(rep) ? [...pending, ...signed] : []
}

/**
 * What a yes agrees to: the rep's last proposal where it differs from the deal; with 「就这么定」 also what the
 * customer had only asked about before; with 「老板同意了」 what was last on the table. Empty when the message is no yes,
 * or there is nothing to agree to.
 */
export function readAgreed(raw: string, context: Turn[], setting: Setting, earlier: Earlier): Proposal[] {
  if (onlyThanks(raw)) return []
  if (tellsDecision(raw)) return onTheTable(context, setting)
  const settled = settles(raw)
  if (!settled && !isYes(raw) && !beginsWithYes(raw)) return []
  // 「8%能接受」 may come after something else was said.
  const told =
    lastOfRep(context) === '' && /\d/.test(normalize(raw))
      ? context.slice(0, context.findLastIndex((t) => t.speaker === 'rep') + 1)
      : context
  const proposed = offered(told, setting, isYes(raw))
  if (proposed.length > 0) return proposed
  return settled ? firstOfEach(earlier()) : []
}

function onTheTable(context: Turn[], setting: Setting): Proposal[] {
  for (let end = context.length; end > 0; end--) {
    if (context[end - 1]?.speaker !== 'rep' || context[end]?.speaker === 'rep') continue
    const found = offered(context.slice(0, end), setting)
    if (found.length > 0) return found
  }
  return []
}

function firstOfEach(proposals: Proposal[]): Proposal[] {
  const seen = new Set<string>()
  return proposals.filter((p) => {
    const key = `${p.field}/${p.item ?? ''}`
    return !seen.has(key) && seen.add(key)
  })
}
