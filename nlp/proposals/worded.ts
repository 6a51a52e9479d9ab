import type { Field } from '../finding.js'
import type { View } from '../judge.js'
import { findSpan, tokensOf, type Worded } from '../net/spans.js'
import type { Proposal, Scene } from '../scene.js'
import { isPointing, phrase, tidy } from './feature-words.js'
import { itemAt } from './items.js'
import { specBefore, stands } from './spec.js'

/** Below this the message hardly is of that kind, and its words need not be looked for. */
const LIKELY = 0.08
/** Found by its words alone, with no rule that knows it. */
export const onlyWorded = ({ span, strength }: Proposal): boolean => span !== undefined && strength === strengthOf(span)
const strengthOf = (sure: number) => 0.3 + 0.4 * sure

const FIELDS: Worded[] = ['spec', 'terms', 'other', 'item']
const WORDED: Field[] = ['spec', 'other', 'item']

/** Values in words, found by what was learnt of how such sentences go, of each kind that the message may be. */
export function readWorded(scene: Scene, view: View): Proposal[] {
  const fields = FIELDS.filter((field) => (view.kinds[field] ?? 0) >= LIKELY)
  if (fields.length === 0) return []
  const tokens = tokensOf(scene.text, scene.entities, scene.mentions())
  const first = tokens.findIndex((token) => token.from >= scene.offset)
  return fields.flatMap((field) => {
    const found = findSpan(field, tokens, Math.max(0, first))
    return found ? toProposal(scene, field, found) : []
  })
}

function toProposal(scene: Scene, field: Worded, { from, to, sure }: { from: number; to: number; sure: number }): Proposal[] {
  const clause = scene.clauses.find((one) => one.from <= from && from < one.to)
  const after = scene.raw.slice(from, to).replace(/的$/, '').trim()
  if (!clause || after === '' || (field !== 'terms' && phrase(after) === '')) return []
  const at = { from, to, clause, strength: strengthOf(sure), span: sure }
  if (field === 'terms') {
    const before = scene.deal.terms
    return [{ ...at, field, item: null, before, after: after.replace(/\s+/g, ''), same: stands(before, after) }]
  }
  if (field === 'other') return [{ ...at, field, item: null, before: null, after, same: false }]
  if (field === 'item')
    return [{ ...at, field, item: after, before: null, after, same: scene.deal.items.some(({ name }) => name === after) }]
  const item = itemAt(scene, clause, { from, to }, { size: after, first: scene.agreed })
  const before = specBefore(item, '', after)
  return [{ ...at, field, item: item?.name || null, before, after, same: stands(before, after) }]
}

/** A value that both ways of reading have found is one, and surer. 「换成这种」 names none. */
export function joinWorded(candidates: Proposal[], worded: Proposal[]): Proposal[] {
  const out = [...candidates]
  for (const p of worded) {
    const twin = out.find((q) => q.field === p.field && q.after?.replace(/\s+/g, '') === p.after?.replace(/\s+/g, ''))
    if (twin) twin.span = p.span
    else out.push(p)
  }
  return out.filter(({ field, after }) => after === null || !WORDED.includes(field) || !isPointing(tidy(after)))
}
