import { readFileSync } from 'node:fs'
import { createCatalogue, type Match } from '../catalogue.js'

export type Named = Match & { is: 'customer' | 'person' }

const SIGN = { customer: '⑼', person: '⑽' } as const

/** The text with names masked: 「查华强」 and 「查永昌」 are one thing to say. */
export function maskNames(text: string, named: Named[]): string {
  let out = ''
  let at = 0
  for (const m of [...named].sort((a, b) => a.from - b.from)) {
    if (m.from < at) continue
    out += text.slice(at, m.from) + SIGN[m.is]
    at = m.to
  }
  return out + text.slice(at)
}

/** Finds the names that stand in the corpus's own utterances (`corpus/names.list`). */
export function readCorpusNames(): (text: string) => Named[] {
  const rows = readFileSync(new URL('../corpus/names.list', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.split(' ') as ['customer' | 'person', string])
  const of = (is: 'customer' | 'person') =>
    createCatalogue(rows.filter(([kind]) => kind === is).map(([, name]) => ({ id: name, name })))
  const customers = of('customer')
  const people = of('person')
  return (text) => [
    ...customers.find(text).map((m) => ({ ...m, is: 'customer' as const })),
    ...people.find(text).map((m) => ({ ...m, is: 'person' as const })),
  ]
}
