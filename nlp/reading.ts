import { offered, readAgreed } from './agree.js'
import { readChoice, wordsOfRep } from './choose.js'
import type { ChangeType, Span, Turn } from './finding.js'
import { makeScene, readProposals, type Setting } from './read-scene.js'
import type { Proposal, Scene } from './scene.js'
import { readAnnounced } from './vague.js'
import { combine, round, THRESHOLD, TYPE, typesOf, weigh } from './weigh.js'
import { type Earlier, readTakenBack, returnsTo } from './withdraw.js'
import { beginsWithYes } from './yes.js'

/** What the rules alone have found, before the net is heard. `agreed`: how many of the values the rep had put forward. */
export type Reading = { score: number; types: ChangeType[]; values: Proposal[]; spans: Span[]; agreed: number }

type Said = { raw: string; context: Turn[]; setting: Setting }

export function readByRules(scene: Scene, proposals: Proposal[], { raw, context, setting }: Said): Reading {
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
  const plain = proposals.filter((p) => weigh(p, scene) >= THRESHOLD)
  const choice = setting.agreed && !plain.some((p) => p.field === 'spec') ? readChoice(scene, wordsOfRep(context)) : null
  const wished = choice === null ? plain : [...plain.filter((p) => p.field !== 'item' && p.field !== 'other'), choice]
  const agreed =
    wished.length > 0 && !beginsWithYes(raw)
      ? choice === null
        ? []
        : offered(context, setting).filter(isMoney)
      : readAgreed(raw, context, setting, earlier)
  // 「三十就三十吧」 after 「30一块」 says yes to a price; it counts nothing.
  const wishes = wished.filter(
    (p) => !agreed.some((a) => (a.field !== p.field || a.after !== p.after) && isEcho(p.after, a.after)),
  )
  const shifted = () => wishes.map((p) => ({ ...p, from: p.from - scene.offset, to: p.to - scene.offset }))
  const back = readTakenBack(raw, scene.open, earlier, shifted)
  if (back) return { ...back, types: ['撤回'], values: [], agreed: 0 }
  // 「还是800」 names the deal's value again: that is no new wish.
  if ((wishes.length === 0 || /还是|改回/.test(raw)) && returnsTo(scene, proposals, own))
    return { score: 0.75, types: ['撤回'], values: [], spans: spansOf(proposals, scene), agreed: 0 }
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
    const score = round(combine(wishes.map((p) => weigh(p, scene))))
    return { score, types: typesOf(wishes), values: wishes, spans: spansOf(wishes, scene), agreed: 0 }
  }
  const announced = readAnnounced(scene)
  const score = round(Math.max(0.02, announced?.score ?? 0, ...proposals.map((p) => weigh(p, scene))))
  return announced && score >= THRESHOLD
    ? { ...announced, score, values: named(proposals, announced.types), agreed: 0 }
    : { score, types: [], values: [], spans: [], agreed: 0 }
}

const isMoney = ({ field }: Proposal) => field === 'price' || field === 'budget'
/** 「只能放288块，组件数量调整一下」: the value of an announced change stands beside it. */
const named = (proposals: Proposal[], types: ChangeType[]) =>
  proposals.filter((p) => !p.same && p.strength >= 0.3 && types.includes(TYPE[p.field]))
const numberIn = (words: string | null) => /\d+(?:\.\d+)?/.exec(words ?? '')?.[0]
const isEcho = (a: string | null, b: string | null) => numberIn(a) !== undefined && numberIn(a) === numberIn(b)

export const spansOf = (proposals: Proposal[], scene: Scene): Span[] =>
  proposals
    .map((p) => ({ from: Math.max(0, p.from - scene.offset), to: Math.max(0, p.to - scene.offset), field: p.field }))
    .filter((span) => span.to > span.from)
