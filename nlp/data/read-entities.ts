import { readFileSync } from 'node:fs'
import { parseIso } from '../entities/calendar.js'
import type { Entity } from '../entities/entity.js'
import { extractEntities } from '../entities/extract.js'
import { normalize } from '../normalize.js'

/** A phrase as people write it, on 2026-11-21, and the values it holds. */
export type Phrase = { text: string; entities: string[] }

export const readPhrases = (): Phrase[] =>
  readFileSync(new URL('entities.jsonl', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Phrase)

const SATURDAY = parseIso('2026-11-21') ?? 0
const spread = (e: { value: number; max: number | null }) => (e.max === null ? `${e.value}` : `${e.value}-${e.max}`)

/** 「date 2026-11-27」「quantity 200 套」: what an entity says, without where it stands. */
function describeEntity(e: Entity): string {
  switch (e.kind) {
    case 'date':
      return `date ${e.iso}`
    case 'duration':
      return `duration ${e.days}`
    case 'amount':
    case 'number':
      return `${e.kind} ${spread(e)}`
    case 'quantity':
      return `quantity ${spread(e)} ${e.unit}`
    case 'percent':
      return `percent ${e.ratio}`
    case 'spec':
    case 'payment':
      return `${e.kind} ${e.words}`
  }
}

export const entitiesOf = (text: string): string[] => extractEntities(normalize(text), SATURDAY).map(describeEntity)
