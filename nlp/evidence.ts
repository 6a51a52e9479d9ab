import type { Mood } from './clauses.js'
import type { Turn } from './finding.js'
import type { View } from './judge.js'
import { DEFERS, TOO } from './keep.js'
import { CONTRAST, KEPT, NEW_ORDER } from './lexicon.js'
import type { Evidence } from './net/model.js'
import { onlyWorded } from './proposals/worded.js'
import type { Proposal, Scene } from './scene.js'
import { weigh } from './weigh.js'

type Heard = {
  scene: Scene
  proposals: Proposal[]
  rules: number
  view: View
  /** What the net thinks of the rep's last words, where they stand right before this message. */
  rep: View | null
  saysYes: boolean
  thanks: boolean
  /** The rep's last words ask for a yes, or offer something else than was wished for. */
  asked: boolean
  departs: boolean
  offer: boolean
  agreed: number
  withdrawn: boolean
  dealless: boolean
  /** What the net thinks of the customer's words before the rep's. */
  before: View | null
  /** The rep's last words ask which, what or how many. */
  inquired: boolean
  /** The rep spoke last. */
  answers: boolean
  context: Turn[]
}

const SEARCH = /推荐|想找|要找|帮我找|帮忙找|给我找|找[个一家]|有没有/
/** 「42台，对吧」: says again what was said, to be told that it stands. */
const CONFIRMS = /对[吧吗不]|是吧|没[错变](?:吧|吗)|不变吧|没问题吧|确认一下|复述|核对|记下|录系统/
/** What is spoken of belongs to another order. */
const ANOTHER = /下(?:个月|季度|半年|一?批|次|一?单|回)|明年|年后|二[期店]|以后|到时候|上[批次回]/
const BESIDE = /样品|打样|补发|补\s?\d|少发|漏发|少了|图纸|报告|照片|证书/
const MOODS: Mood[] = ['state', 'request', 'ask', 'suppose', 'consider', 'past', 'others']
const VALUES = new Set(['date', 'duration', 'amount', 'quantity', 'number', 'percent', 'payment', 'spec'])

const yes = (is: boolean): number => (is ? 1 : 0)

/** The judge has learnt how much each of these weighs. */
export function gatherEvidence(heard: Heard): Evidence {
  const { scene, proposals, rules, view, rep, context } = heard
  const own = scene.text.slice(scene.offset)
  const read = proposals.filter((p) => !onlyWorded(p))
  const differing = read.filter((p) => !p.same)
  const clauses = scene.clauses.filter((clause) => clause.to > scene.offset)
  const first = !context.some(({ speaker }) => speaker === 'customer')
  const spoken = clauses.some((clause) => clause.entities.some((e) => VALUES.has(e.kind)))
  const contrast = CONTRAST.test(own)
  const evidence: Evidence = {
    rules,
    'rules are sure': yes(rules >= 0.5),
    'plainest words': Math.max(0, ...proposals.filter(onlyWorded).map((p) => p.sure ?? 0)),
    'plainest value': Math.max(0, ...differing.map((p) => p.sure ?? weigh(p, scene))),
    'strongest value': Math.max(0, ...differing.map((p) => p.strength)),
    'values that differ': Math.min(3, differing.length),
    'only what is agreed': yes(read.length > 0 && differing.length === 0),
    'only what is agreed, by the rules': yes(read.length > 0 && differing.length === 0 && rules < 0.5 && !heard.offer),
    'a value is named': yes(spoken),
    'read outright': yes(differing.some((p) => p.outright)),
    'kept beside a plain value': yes(KEPT.test(own) && differing.some((p) => p.strength >= 0.9)),
    'asks to confirm': yes(CONFIRMS.test(own)),
    'of another order': yes(ANOTHER.test(own)),
    'samples and repairs': yes(BESIDE.test(own)),
    wish: view.wish,
    quiet: view.quiet,
    'wish less quiet': view.wish - view.quiet,
    [`wish ${view.kind}`]: view.wish,
    [`quiet ${view.about}`]: view.quiet,
    'says yes': yes(heard.saysYes),
    'yes to an offer': yes(heard.offer && heard.saysYes),
    'yes to what departs': yes(heard.departs && heard.saysYes),
    'yes to a question': yes(heard.asked && heard.saysYes),
    'yes to nothing': yes(heard.saysYes && !heard.asked && heard.agreed === 0),
    'agreed values': Math.min(2, heard.agreed),
    'takes back': yes(heard.withdrawn),
    'takes back what was asked': yes(heard.withdrawn && rules >= 0.8),
    thanks: yes(heard.thanks),
    'answers the rep': yes(heard.answers),
    'the rep offers': rep === null ? 0 : rep.wish - rep.quiet,
    'the customer wished before': heard.before === null ? 0 : heard.before.wish - heard.before.quiet,
    'answers a question': yes(heard.inquired && own.length <= 14 && !heard.saysYes),
    'answers a question about a wish': yes(
      heard.inquired && own.length <= 14 && heard.before !== null && heard.before.wish > heard.before.quiet,
    ),
    'completes a thought': yes(scene.offset > 0),
    'nothing agreed': yes(heard.dealless),
    'first words, nothing agreed': yes(first && heard.dealless),
    'words of change': yes(contrast),
    'words of change, nothing agreed': yes(contrast && heard.dealless),
    'words of keeping': yes(KEPT.test(own)),
    'a new order': yes(NEW_ORDER.test(own)),
    'looks for something': yes(SEARCH.test(own)),
    defers: yes(DEFERS.test(own)),
    'too much': yes(TOO.test(own)),
    short: yes(own.length <= 6),
    long: Math.min(2, own.length / 40),
    'asks at the end': yes(/[?？]\s*$|吗$|呢$|不$/.test(own.trim()) || clauses.at(-1)?.mood === 'ask'),
  }
  evidence['supposes and asks'] = yes(clauses.some(({ mood }) => mood === 'suppose') && (evidence['asks at the end'] ?? 0) > 0)
  for (const mood of MOODS) evidence[`mood ${mood}`] = yes(clauses.some((clause) => clause.mood === mood))
  return evidence
}
