import { asksForYes } from './agree.js'
import { lastOfRep } from './conversation.js'
import type { Day } from './entities/calendar.js'
import type { Entity } from './entities/entity.js'
import type { ChangeType, Field, Turn } from './finding.js'
import { CONTRAST } from './lexicon.js'
import { bagOf } from './net/features.js'
import { intentsOf, useNet } from './net/model.js'
import { normalize } from './normalize.js'
import { THRESHOLD } from './weigh.js'

/** What the net takes a text for: how much like a wish, like something quiet, like a yes; the likest kind of wish, and of quiet. */
export type View = { wish: number; quiet: number; yes: number; kind: string; about: string }

/** How much the net weighs beside the rules, and what both need together; found on turns that neither had been made for. */
const WEIGHT = 0.7
const NEEDED = 0.35

const net = useNet('change')

type Role = { name: string; part: 'wish' | 'quiet' | 'yes'; of: string }
let known: Role[] | null = null
/** Sorted out once: which intent is a wish, which is quiet. */
function rolesOf(): Role[] {
  known ??= intentsOf('change').map((name) => {
    const of = name.slice(name.indexOf('/') + 1)
    return { name, of, part: name === 'change/agree' ? 'yes' : name.startsWith('quiet/') ? 'quiet' : 'wish' }
  })
  return known
}

/** A first need in a shop: not said to a rep with whom an order runs. */
const SHOPPING = new Set(['search', 'service'])

export function viewOf(text: string, today: Day, { entities, agreed }: { entities?: Entity[]; agreed: boolean }): View {
  const view: View = { wish: 0, quiet: 0, yes: 0, kind: '', about: '' }
  // Asked first: sorting them out for the first time runs the net, and its answer is valid only until it runs again.
  const roles = rolesOf()
  const heard = net(bagOf(text, today, entities))
  for (const { name, part, of } of roles) {
    const value = heard[name] ?? 0
    if (value <= view[part] || (agreed && SHOPPING.has(of))) continue
    view[part] = value
    if (part === 'wish') view.kind = of
    else if (part === 'quiet') view.about = of
  }
  return view
}

/** What the rep's words before this message ask a yes for, where they read like a proposal at all. */
export function offerOf(context: Turn[], today: Day, agreed: boolean): ChangeType | null {
  const rep = lastOfRep(context)
  if (!asksForYes(rep) || !(agreed || CONTRAST.test(rep))) return null
  const { wish, quiet, kind } = viewOf(normalize(rep), today, { agreed: true })
  return wish > quiet ? meaningOf(kind).type : null
}

/** Rules and net together, 0..1, a change from `THRESHOLD` on. `offered`: a yes would agree to something. */
export function judge(rules: number, view: View, offered: boolean): number {
  const opinion = Math.max(view.wish, offered ? view.yes : 0) - view.quiet
  return Math.min(0.99, Math.max(0.01, THRESHOLD + (rules + WEIGHT * opinion - NEEDED) / 2))
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
