import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { parseIso } from '../entities/calendar.js'
import { normalize } from '../normalize.js'
import { bagOf } from './features.js'

/** `kind` is the name of the file, with its folder where it has one: `must-follow`, `change/quantity`, `quiet/chase`. */
export type Utterance = { text: string; kind: string }

const root = new URL('../corpus/', import.meta.url)
/** Dates in the corpus are masked, so any day will do. */
export const SOME_DAY = parseIso('2026-11-21') ?? 0

/** One file an intent, one utterance a line; a line that begins with # says what the file holds. */
export function readCorpus(folder: '' | 'change/' | 'quiet/'): Utterance[] {
  const here = new URL(folder, root)
  return readdirSync(here)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .flatMap((name) =>
      readFileSync(new URL(name, here), 'utf8')
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map((text) => ({ text, kind: folder + name.replace(/\.txt$/, '') })),
    )
}

export type Sample = { input: Record<string, number>; output: Record<string, number> }

export const toSample = ({ text, kind }: Utterance): Sample => ({
  input: bagOf(normalize(text), SOME_DAY),
  output: { [kind]: 1 },
})

/** Which samples a model was trained on: changes with the corpus and with everything that reads it. */
export const hashOf = (samples: Sample[]): string =>
  createHash('sha256')
    .update(JSON.stringify(samples.map(({ input, output }) => [Object.keys(input), Object.keys(output)])))
    .digest('hex')
