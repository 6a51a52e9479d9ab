import type { Catalogue, Match } from './catalogue.js'
import { parseIso } from './entities/calendar.js'
import { extractEntities } from './entities/extract.js'
import { signsOf } from './net/features.js'
import { askNet, intentsOf } from './net/model.js'
import { maskNames, type Named } from './net/names.js'
import { normalize } from './normalize.js'

/** A command as `bot-server/commands` defines it: its name, and the openings that are taken at their word. */
export type Opening = {
  name: string
  says: readonly string[]
  /** A name has to follow, so one that the catalogue does not know may stand right behind it: 「查宏达」. */
  takesName?: boolean
}
export type Arguments = {
  /** Who is named; several ids where the name fits several, for the person to choose. */
  customers: Match[]
  people: Match[]
  /** ISO, a range as `a/b`; with `time` HH:mm where one was said. */
  date: string | null
  time: string | null
  /** Yuan. */
  amount: number | null
  /** What is left after the opening and the names. */
  rest: string
}
export type Understood =
  | { kind: 'command'; name: string; how: 'opening' | 'model'; score: number; args: Arguments }
  | { kind: 'choice'; names: [string, string]; args: Arguments }
  | { kind: 'unknown' }

export type Surroundings = { openings: Opening[]; customers?: Catalogue; people?: Catalogue; today: string }

/** From here on the model is believed; below, two are offered; below the lower, nothing was understood. */
const SURE = 0.5
const LEAD = 0.15
const MAYBE = 0.2
/** Behind an opening a name is no longer than this. */
const LONGEST_NAME = 12

/** What a colleague wants of the bot. An exact opening wins; then the model; when it is not sure it asks back. */
export function readCommand(raw: string, { openings, customers, people, today }: Surroundings): Understood {
  const text = normalize(raw).trim()
  if (text === '') return { kind: 'unknown' }
  const named: Named[] = [
    ...(customers?.find(text) ?? []).map((m) => ({ ...m, is: 'customer' as const })),
    ...(people?.find(text) ?? []).map((m) => ({ ...m, is: 'person' as const })),
  ]
  const opening = findOpening(text, openings, named)
  const args = readArguments(text, opening?.length ?? 0, named, today)
  if (opening) return { kind: 'command', name: opening.name, how: 'opening', score: 1, args }

  const understood = askModel(maskNames(text, named), { openings, args, today })
  const glued = understood.kind === 'unknown' ? openings.find((one) => one.takesName && restAfter(text, one) !== null) : undefined
  if (!glued) return understood
  return { kind: 'command', name: glued.name, how: 'opening', score: SURE, args: { ...args, rest: restAfter(text, glued) ?? '' } }
}

type Asking = { openings: Opening[]; args: Arguments; today: string }

function askModel(masked: string, { openings, args, today }: Asking): Understood {
  const known = new Set(openings.map(({ name }) => name))
  const heard = askNet('command', signsOf(masked, extractEntities(masked, parseIso(today) ?? 0)))
  const ranked = intentsOf('command')
    .map((name, i) => [name, heard[i] as number] as const)
    .sort((a, b) => b[1] - a[1])
  const [likest] = ranked
  // What it surely means is not to be had here: something else must not be offered for it.
  if (!likest || (!known.has(likest[0]) && likest[1] >= SURE)) return { kind: 'unknown' }
  const [first, second] = ranked.filter(([name]) => known.has(name) || name === 'quiet')
  if (!first || first[0] === 'quiet' || first[1] < MAYBE) return { kind: 'unknown' }
  if (first[1] >= SURE && first[1] - (second?.[1] ?? 0) >= LEAD)
    return { kind: 'command', name: first[0], how: 'model', score: Math.min(1, first[1]), args }
  const other = ranked.find(([name]) => name !== first[0] && known.has(name))
  return other ? { kind: 'choice', names: [first[0], other[0]], args } : { kind: 'unknown' }
}

/** What stands right behind one of its openings, where that may be a name. */
function restAfter(text: string, { says }: Opening): string | null {
  const said = [...says].sort((a, b) => b.length - a.length).find((opening) => text.startsWith(normalize(opening)))
  const rest = said === undefined ? '' : text.slice(normalize(said).length).trim()
  return rest !== '' && rest.length <= LONGEST_NAME ? rest : null
}

const ENDS = /^(?:$|[\s,，。：:！!？?、〈<「])/

/** The longest opening that stands for itself: alone, before a sign, or before a name (「查华强五金」). */
function findOpening(text: string, openings: Opening[], named: Named[]): { name: string; length: number } | null {
  let best: { name: string; length: number } | null = null
  for (const { name, says } of openings) {
    for (const said of says) {
      const opening = normalize(said)
      if (!text.startsWith(opening) || (best && best.length >= opening.length)) continue
      const rest = text.slice(opening.length)
      if (ENDS.test(rest) || named.some((m) => m.from === opening.length)) best = { name, length: opening.length }
    }
  }
  return best
}

function readArguments(text: string, from: number, named: Named[], today: string): Arguments {
  const entities = extractEntities(text, parseIso(today) ?? 0)
  const date = entities.find((e) => e.kind === 'date')
  const amount = entities.find((e) => e.kind === 'amount')
  let rest = ''
  let at = from
  for (const m of [...named].sort((a, b) => a.from - b.from)) {
    if (m.from < at) continue
    rest += text.slice(at, m.from)
    at = m.to
  }
  rest += text.slice(at)
  const of = (is: Named['is']): Match[] => named.filter((m) => m.is === is).map(({ is: _, ...match }) => match)
  return {
    customers: of('customer'),
    people: of('person'),
    date: date?.iso ?? null,
    time: date?.time ?? null,
    amount: amount?.value ?? null,
    rest: rest.replace(/^[\s,，。：:、]+|[\s,，。]+$/g, ''),
  }
}
