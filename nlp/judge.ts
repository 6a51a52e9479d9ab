import type { Day } from './entities/calendar.js'
import type { Entity } from './entities/entity.js'
import { extractEntities } from './entities/extract.js'
import type { ChangeType, Field } from './finding.js'
import { CONTRAST } from './lexicon.js'
import { signsOf } from './net/features.js'
import { askNet, type Evidence, intentsOf, readJudge } from './net/model.js'
import { asksForYes, offersOther } from './table.js'

/** What the net takes a text for: how much like a wish, like something quiet, like a yes; the likest kind of wish, and of quiet. */
export type View = {
  wish: number
  quiet: number
  yes: number
  kind: string
  about: string /** How much like each kind of wish. */
  kinds: Record<string, number>
}

type Role = { part: 'wish' | 'quiet' | 'yes'; of: string }
let known: { intents: string[]; roles: Role[] } | null = null
/** Sorted out once a model: which intent is a wish, which is quiet. */
function rolesOf(): Role[] {
  const intents = intentsOf('change')
  if (known?.intents !== intents) known = { intents, roles: intents.map(toRole) }
  return known.roles
}
function toRole(name: string): Role {
  const of = name.slice(name.indexOf('/') + 1)
  return { of, part: name === 'change/agree' ? 'yes' : name.startsWith('quiet/') ? 'quiet' : 'wish' }
}

/** A first need in a shop: not said to a rep with whom an order runs. */
const SHOPPING = new Set(['search', 'service'])

export function viewOf(text: string, today: Day, { entities, agreed }: { entities?: Entity[]; agreed: boolean }): View {
  const view: View = { wish: 0, quiet: 0, yes: 0, kind: '', about: '', kinds: {} }
  const heard = askNet('change', signsOf(text, entities ?? extractEntities(text, today)))
  for (const [i, { part, of }] of rolesOf().entries()) {
    const value = heard[i] as number
    if (value > 0 && part === 'wish') view.kinds[of] = value
    if (value <= view[part] || (agreed && SHOPPING.has(of))) continue
    view[part] = value
    if (part === 'wish') view.kind = of
    else if (part === 'quiet') view.about = of
  }
  return view
}

/** What the rep's words ask a yes for, where they read like a proposal at all. */
export function offerOf(rep: string, view: View, agreed: boolean): ChangeType | null {
  if (!asksForYes(rep) || !(agreed || CONTRAST.test(rep) || offersOther(rep))) return null
  return view.wish > view.quiet || offersOther(rep) ? meaningOf(view.kind).type : null
}

/** How surely it is a change, 0..1: what speaks for it and against it, each as heavy as the labelled turns have taught. */
export function judge(evidence: Evidence): number {
  const { weights, bias } = readJudge()
  let sum = bias
  for (const name in evidence) sum += (weights[name] ?? 0) * (evidence[name] as number)
  return 1 / (1 + Math.exp(-sum))
}

const KIND: Record<string, { type: ChangeType; fields: Field[] }> = {
  quantity: { type: '功能增减', fields: ['quantity', 'item'] },
  item: { type: '功能增减', fields: ['item', 'spec', 'quantity'] },
  spec: { type: '功能增减', fields: ['spec', 'item'] },
  delivery: { type: '交付时间调整', fields: ['delivery'] },
  money: { type: '预算范围变动', fields: ['price', 'budget'] },
  terms: { type: '预算范围变动', fields: ['terms'] },
  other: { type: '其他', fields: ['other'] },
  withdraw: { type: '撤回', fields: [] },
}

/** What a kind of wish stands for where the rules have found none. */
export const meaningOf = (kind: string): { type: ChangeType; fields: Field[] } => KIND[kind] ?? { type: '其他', fields: [] }
