import { readFileSync } from 'node:fs'
import type { ChangeType, Deal, Question, Slot, Turn } from '../finding.js'

/** One labelled turn; `GUIDELINE.md` beside this file says how the labels were given. */
export type Labelled = {
  id: string
  source: string
  voice: string
  question: Question
  change: boolean
  types: ChangeType[]
  slots: Slot[]
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
}

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')

const readTurn = (line: string): Turn => ({
  speaker: line.startsWith('客') ? 'customer' : 'rep',
  text: line.replace(/^[客销][:：]\s*/, ''),
})

export function readTurns(): Labelled[] {
  const deals = JSON.parse(read('deals.json')) as Record<string, Deal>
  return read('turns.jsonl')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const row = JSON.parse(line) as Row
      const deal = row.deal === null ? null : deals[row.deal]
      if (deal === undefined) throw new Error(`${row.id}: no deal named ${row.deal}`)
      const question = { text: row.text, context: row.context.map(readTurn), deal, today: row.today }
      return {
        id: row.id,
        source: row.source,
        voice: row.voice,
        question,
        change: row.change,
        types: row.types ?? [],
        slots: row.slots ?? [],
      }
    })
}
