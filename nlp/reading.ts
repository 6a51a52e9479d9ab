import { readAgreed } from './agree.js'
import { readChoice, wordsOfRep } from './choose.js'
import type { ChangeType, Span, Turn } from './finding.js'
import { makeScene, readProposals, type Setting } from './read-scene.js'
import type { Proposal, Scene } from './scene.js'
import { isAlike, isMoney, readTable } from './table.js'
import { readAnnounced } from './vague.js'
import { combine, round, THRESHOLD, TYPE, typesOf, weigh } from './weigh.js'
import { type Earlier, readTakenBack, returnsTo } from './withdraw.js'

/** What the rules alone have found, before the net is heard. `agreed`: how many of the values the rep had put forward. */
export type Reading = { score: number; types: ChangeType[]; values: Proposal[]; spans: Span[]; agreed: number }

type Said = { raw: string; context: Turn[]; setting: Setting; saysYes: boolean }

export function readByRules(scene: Scene, proposals: Proposal[], { raw, context, setting, saysYes }: Said): Reading {
  const said = (turns: Turn[]) =>
    turns
      .slice(-6)
      .flatMap((turn) => {
        const then = makeScene(turn.text, setting)
        return readProposals(then).filter((p) => weigh(p, then) >= THRESHOLD)
      })
      .reverse()
  const earlier: Earlier = () => said(context)
  // Whoever declines what only the rep has put forward takes nothing back.
  const own: Earlier = () => said(context.filter(({ speaker }) => speaker === 'customer'))
  const plain = proposals.filter((p) => (p.sure ?? 0) >= THRESHOLD)
  const choice = setting.agreed && !plain.some((p) => p.field === 'spec') ? readChoice(scene, wordsOfRep(context)) : null
  const wished = choice === null ? plain : [...plain.filter((p) => p.field !== 'item' && p.field !== 'other'), choice]
  const chosen = !saysYes && (choice !== null || takesUp(raw, wished))
  const agreed = chosen
    ? takenUp(wished, choice !== null, { context, setting })
    : readAgreed(scene, raw, { context, setting, earlier, saysYes })
  // 「三十就三十吧」 after 「30一块」 says yes to a price; it counts nothing.
  const wishes = wished.filter(
    (p) =>
      !(isRelativeDay(p, scene) && agreed.some((a) => a.field === 'delivery')) &&
      !agreed.some((a) => (a.field !== p.field || a.after !== p.after) && isEcho(p, a)),
  )
  const shifted = () => wishes.map((p) => ({ ...p, from: p.from - scene.offset, to: p.to - scene.offset }))
  const goods = scene.mentions().flatMap((m) => (m.from >= scene.offset ? [m.item.name] : []))
  const back = readTakenBack(raw, scene.open, { earlier, wishes: shifted, spoken: context.length > 0, named: goods })
  if (back && back.score >= THRESHOLD) return { ...back, types: ['撤回'], values: [], agreed: 0 }
  // 「还是800」 names the deal's value again: that is no new wish.
  if ((wishes.length === 0 || /还是|改回/.test(raw)) && returnsTo(scene, proposals, own))
    return { score: 0.85, types: ['撤回'], values: [], spans: spansOf(proposals, scene), agreed: 0 }
  if (agreed.length > 0 && wishes.length > 0) {
    // 「换吧，那就提前三天」: yes to what was proposed, and more.
    const money = wishes.some((w) => isMoney(w))
    const others = agreed.filter((p) => !wishes.some((w) => w.field === p.field) && !(money && isMoney(p)))
    const values = [...others, ...wishes]
    return { score: 0.9, types: typesOf(values), values, spans: spansOf(wishes, scene), agreed: others.length }
  }
  if (agreed.length > 0)
    return {
      score: 0.82,
      types: typesOf(agreed),
      values: agreed,
      spans: [{ from: 0, to: raw.length, field: 'other' }],
      agreed: agreed.length,
    }
  if (wishes.length > 0) {
    const score = round(combine(wishes.map((p) => p.sure ?? weigh(p, scene))))
    return { score, types: typesOf(wishes), values: wishes, spans: spansOf(wishes, scene), agreed: 0 }
  }
  const announced = readAnnounced(scene)
  const score = round(Math.max(0.02, announced?.score ?? 0, ...proposals.map((p) => p.sure ?? 0)))
  return announced && score >= THRESHOLD
    ? { ...announced, score, values: named(proposals, announced.types), agreed: 0 }
    : { score, types: [], values: [], spans: [], agreed: 0 }
}

/** 「晚两天可以接受」 says again how far the rep's day lies from the agreed one. */
const isRelativeDay = (p: Proposal, scene: Scene) =>
  p.field === 'delivery' && scene.entities.some((e) => e.kind === 'duration' && e.from >= p.from && e.to <= p.to)

/** 「那就换1.4的」: in short words, what was asked about before. */
const takesUp = (raw: string, wished: Proposal[]): boolean =>
  wished.length > 0 && raw.length <= 16 && /^(?:那|就|还是|定|换|改|用|要)/.test(raw)

/** What it costs that is taken up, and comes with it. */
function takenUp(wished: Proposal[], choice: boolean, { context, setting }: Pick<Said, 'context' | 'setting'>): Proposal[] {
  const { fresh, pending, echo } = readTable(context, setting)
  const same = [...pending, ...echo, ...fresh].some(
    (p) => !isMoney(p) && wished.some((w) => w.field === p.field && isAlike(w.after, p.after)),
  )
  return choice || same ? fresh.filter(isMoney) : []
}

/** 「只能放288块，组件数量调整一下」: the value of an announced change stands beside it. */
const named = (proposals: Proposal[], types: ChangeType[]) =>
  proposals.filter((p) => !p.same && p.strength >= 0.3 && types.includes(TYPE[p.field]))
const numberIn = (words: string | null) => /\d+(?:\.\d+)?/.exec(words ?? '')?.[0]
const isEcho = (a: Proposal, b: Proposal) =>
  a.field !== 'delivery' && b.field !== 'delivery' && numberIn(a.after) !== undefined && numberIn(a.after) === numberIn(b.after)

export const spansOf = (proposals: Proposal[], scene: Scene): Span[] =>
  proposals
    .map((p) => ({ from: Math.max(0, p.from - scene.offset), to: Math.max(0, p.to - scene.offset), field: p.field }))
    .filter((span) => span.to > span.from)
