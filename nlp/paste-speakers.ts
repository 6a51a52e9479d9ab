import type { Speaker } from './finding.js'

/** `reps`: the rep and the colleagues, in every spelling that a chat may show; `contacts`: the customer's side. */
export type KnownNames = { reps: string[]; contacts: string[] }

/** 「刘主任@微信」「刘主任（仁济骨科）」「刘主任 😊」 are all 刘主任. */
const plain = (name: string) =>
  name
    .replace(/[@＠].*$/, '')
    .replace(/[（(【[].*?[）)】\]]/g, '')
    .replace(/\p{Extended_Pictographic}|\ufe0f|\u200d|[\s·\-_~。.]/gu, '')
    .toLowerCase()

const matches = (name: string, known: string[], loose: boolean) =>
  known.some((candidate) => {
    const other = plain(candidate)
    if (other === '') return false
    return loose ? other.length >= 2 && (name.includes(other) || (name.length >= 2 && other.includes(name))) : other === name
  })

/** Who of these names is who. A name that is on neither list stays out, unless it is the only other one beside somebody known. */
export function decideSpeakers(found: string[], known: KnownNames): Map<string, Speaker> {
  const out = new Map<string, Speaker>()
  for (const name of found) {
    const own = plain(name)
    if (/^(?:我|本人|自己)$/.test(own)) out.set(name, 'rep')
    for (const loose of [false, true]) {
      if (out.has(name) || own === '') break
      const rep = matches(own, known.reps, loose)
      const contact = matches(own, known.contacts, loose)
      if (rep !== contact) out.set(name, rep ? 'rep' : 'customer')
      else if (rep) break
    }
  }
  const open = found.filter((name) => !out.has(name))
  const other = open[0]
  const sides = new Set(out.values())
  // Two people talked and one of them is known. With more names it may be a group, and a guess would put words in a mouth.
  if (open.length === 1 && other !== undefined && found.length === 2 && sides.size === 1) {
    out.set(other, sides.has('rep') ? 'customer' : 'rep')
  }
  return out
}
