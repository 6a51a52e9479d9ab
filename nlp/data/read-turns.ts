import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { ChangeType, Deal, Question, SignalName, Slot, Turn } from '../finding.js'

/** One labelled turn; `GUIDELINE.md` beside this file says how the labels were given. `set` is the file it stands in. */
export type Labelled = {
  id: string
  set: string
  source: string
  voice: string
  question: Question
  change: boolean
  types: ChangeType[]
  slots: Slot[]
  signals: SignalName[] | null
}

type Row = {
  id: string
  source: string
  voice: string
  today: string
  deal: string | null
  /** 「客: …」 the customer, 「销: …」 the rep. */
  context: string[]
  text: string
  change: boolean
  types?: ChangeType[]
  slots?: Slot[]
  signals?: SignalName[]
}

const here = new URL('.', import.meta.url)

const readTurn = (line: string): Turn => ({
  speaker: line.startsWith('客') ? 'customer' : 'rep',
  text: line.replace(/^[客销][:：]\s*/, ''),
})

/** The deals of `x.jsonl` stand in `x.deals.json`; those of `turns.jsonl` in `deals.json`. Sealed parts share their open one's. */
function readDeals(set: string): Record<string, Deal> {
  const names = set === 'turns' ? ['deals.json'] : [`${set}.deals.json`, `sealed/${set}.deals.json`]
  return Object.assign(
    {},
    ...names
      .map((name) => new URL(name, here))
      .filter((url) => existsSync(url))
      .map((url) => JSON.parse(readFileSync(url, 'utf8'))),
  ) as Record<string, Deal>
}

function readSet(folder: URL, set: string): Labelled[] {
  const deals = readDeals(set)
  return readFileSync(new URL(`${set}.jsonl`, folder), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const row = JSON.parse(line) as Row
      const deal = row.deal === null ? null : deals[row.deal]
      if (deal === undefined) throw new Error(`${row.id}: no deal named ${row.deal}`)
      return {
        id: row.id,
        set,
        source: row.source,
        voice: row.voice,
        question: { text: row.text, context: row.context.map(readTurn), deal, today: row.today },
        change: row.change,
        types: row.types ?? [],
        slots: row.slots ?? [],
        signals: row.signals ?? null,
      }
    })
}

/** Every development turn, or, with `sealed`, every turn that is kept back from development. */
export function readTurns(part: 'development' | 'sealed' = 'development'): Labelled[] {
  const folder = part === 'sealed' ? new URL('sealed/', here) : here
  return readdirSync(folder)
    .filter((name) => /^(?:turns|b2b-\w+|service-\w+)\.jsonl$/.test(name))
    .sort()
    .flatMap((name) => readSet(folder, name.replace(/\.jsonl$/, '')))
}

/** Real customers of a travel service (CrossWOZ.md), with no deal: a figure for false alarms. */
export const readTravel = (): Labelled[] => readSet(here, 'crosswoz-300')
