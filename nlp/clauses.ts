import type { Entity } from './entities/entity.js'
import { ASK_WORD, CONSENT, HEDGE, HEDGE_AFTER, OTHERS, PAST, SUPPOSE, YES_NO } from './lexicon.js'
import { matches } from './matches.js'

/** What a clause does: states or asks for something, asks to be told, supposes, weighs it, tells of the past or of others. */
export type Mood = 'state' | 'request' | 'ask' | 'suppose' | 'consider' | 'past' | 'others'

export type Clause = { from: number; to: number; text: string; mood: Mood; entities: Entity[] }

const BREAK = /[，。！？；;!?\n…]+|,(?!\d{3}(?!\d))|\.(?!\d)|(?<=[一-龥])\s{1,}(?=[一-龥])/g
/** Voice input has no punctuation: after a particle a new thought begins. */
const BREATH = /(?<=[一-龥\d]{5}[吧嘛呢呀啦啊咯])(?=[一-龥\d]{4})|(?<=[一-龥\d]{6}了)(?=[你我他那这就所然但])/g
const CHANGE_VERB =
  /改|换|加|减|提前|推迟|延|晚|早|便宜|优惠|降|少|多(?!少|久|长|大)|调|取消|去掉|不要|增|缩|挪|推|缓|赶|让|退|放[到宽]|拉长|做到|给到|抹/

/** 「带不带头枕」「是净得价还是包税的」; 能不能 and its like ask for consent. */
const EITHER = /([^能行好成中可要得])不\1|是[^，]{2,8}还是/

function moodOf(text: string, end: string): Mood {
  if (OTHERS.test(text)) return 'others'
  const whole = text + end
  const suppose = SUPPOSE.test(text)
  if (ASK_WORD.test(whole) || EITHER.test(text)) return suppose ? 'suppose' : 'ask'
  if (YES_NO.test(whole)) {
    if (suppose) return 'suppose'
    return CONSENT.test(whole) || (CHANGE_VERB.test(text) && /能|可以|可不可以|行|帮|要不/.test(text)) ? 'request' : 'ask'
  }
  if (suppose) return 'suppose'
  return HEDGE.test(text) ? 'consider' : 'state'
}

export function splitClauses(text: string, entities: Entity[]): Clause[] {
  const clauses: Clause[] = []
  let from = 0
  const push = (to: number, end: string) => {
    const body = text.slice(from, to)
    if (body.trim() !== '') {
      const inside = entities.filter((e) => e.from >= from && e.from < to)
      clauses.push({ from, to, text: body, mood: moodOf(body, end), entities: inside })
    }
  }
  const breaks = [...matches(BREAK, text), ...(text.length > 24 ? matches(BREATH, text) : [])].sort((a, b) => a.index - b.index)
  for (const match of breaks) {
    if (entities.some((e) => match.index > e.from && match.index < e.to)) continue
    push(match.index, match[0])
    from = match.index + match[0].length
  }
  push(text.length, '')
  for (const [i, clause] of clauses.entries()) settle(clause, clauses[i - 1], clauses[i + 1])
  return clauses
}

const TAG_QUESTION =
  /^\s?(?:您看|你看|看|这样|那样|都|也)?(?:行不行|行不|行吗|可以吗|可以不|可不可以|好吗|好不好|成不成|成吗|中不中|中不|没问题吧|有没有问题|来得及吗|行么|可以么|咋样|怎么样|如何|能行不|能行吗|得行不|要得不|okay?吗?)/i

/** A clause takes its mood also from its neighbours: 「加到300套，行不行」 asks for it, 「如果300套，什么价」 supposes it. */
function settle(clause: Clause, before: Clause | undefined, after: Clause | undefined): void {
  if (clause.mood === 'state' && after && TAG_QUESTION.test(after.text)) clause.mood = 'request'
  if (before?.mood === 'suppose' && clause.mood === 'state' && /^\s?(?:就|那|能|可)/.test(clause.text)) clause.mood = 'suppose'
  if (clause.mood === 'state' && before?.mood === 'others' && /听说|据说|新闻|公众号/.test(before.text)) clause.mood = 'others'
  // 「先做200套」 stands whatever is still open; 「改300套，等设计院回复」 does not.
  if (clause.mood === 'state' && after && HEDGE_AFTER.test(after.text) && !/先|就/.test(clause.text)) clause.mood = 'consider'
  // 「设计院要求防爆，你们这个满足吗」
  if (clause.mood === 'state' && after?.mood === 'ask' && /要求/.test(clause.text)) clause.mood = 'ask'
  // 「冷库要用低温的，这个能测吗」
  if (
    clause.mood === 'state' &&
    after?.mood === 'ask' &&
    /^\s?(?:这个|那个|你们?|这款|这种).{0,4}(?:能|可以|支持|满足|有|做)/.test(after.text) &&
    !/改|换|加/.test(clause.text)
  )
    clause.mood = 'ask'
  const bare = clause.mood === 'state' && !/改|换|加到|减到|提前|推迟|调/.test(clause.text)
  // 「300套，什么价？」
  if (bare && after?.mood === 'ask' && /价|多少钱|怎么卖|咋卖|多少米|优惠/.test(after.text)) clause.mood = 'ask'
  if (
    clause.mood === 'state' &&
    PAST.test(clause.text) &&
    /了|的时候|过|给的|说的|定的|订的|要的|那[批次单]|是/.test(clause.text)
  )
    clause.mood = 'past'
}
