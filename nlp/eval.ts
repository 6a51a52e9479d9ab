import { type Labelled, readTurns } from './data/read-turns.js'
import type { Finding, Slot } from './finding.js'
import { understand } from './understand.js'

type Judged = { turn: Labelled; finding: Finding; keyword: boolean }
type Score = { precision: number; recall: number; f1: number }

/** What the product comes from: a keyword match. Everything here is measured beside it. */
const KEYWORD = /要|需要|改成/

function scoreOf(judged: Judged[], said: (j: Judged) => boolean): Score {
  const hits = judged.filter((j) => said(j) && j.turn.change).length
  const precision = hits / Math.max(1, judged.filter(said).length)
  const recall = hits / Math.max(1, judged.filter((j) => j.turn.change).length)
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) }
}

/** 95 % of 1,000 resamples; a fixed little generator, so that two runs print the same. */
function confidence(judged: Judged[], said: (j: Judged) => boolean): [number, number] {
  let state = 20_261_121
  const draw = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return judged[Math.floor((state / 2 ** 32) * judged.length)]
  }
  const all = Array.from(
    { length: 1000 },
    () =>
      scoreOf(
        Array.from(judged, draw).filter((j) => j !== undefined),
        said,
      ).f1,
  ).sort((a, b) => a - b)
  return [all[25] ?? 0, all[974] ?? 0]
}

const keyOf = (slot: Slot) => [slot.field, slot.before, slot.after].map((part) => (part ?? '').replace(/\s+/g, '')).join('|')
const exact = ({ turn, finding }: Judged) => turn.slots.map(keyOf).sort().join('/') === finding.slots.map(keyOf).sort().join('/')
const sameTypes = ({ turn, finding }: Judged) => [...turn.types].sort().join() === [...finding.types].sort().join()

const percent = (n: number) => `${(n * 100).toFixed(1).padStart(5)} %`
const row = (name: string, { precision, recall, f1 }: Score, more = '') =>
  console.log(`${name.padEnd(22)} P ${percent(precision)}   R ${percent(recall)}   F1 ${percent(f1)}${more}`)

const judged: Judged[] = readTurns().map((turn) => ({
  turn,
  finding: understand(turn.question),
  keyword: KEYWORD.test(turn.question.text),
}))
const byRule = (j: Judged) => j.finding.change
const ci = confidence(judged, byRule)
console.log(`${judged.length} turns, ${judged.filter((j) => j.turn.change).length} of them changes\n`)
row('understand', scoreOf(judged, byRule), `   (95 %: ${percent(ci[0]).trim()} – ${percent(ci[1]).trim()})`)
row(
  'keyword 要/需要/改成',
  scoreOf(judged, (j) => j.keyword),
)
for (const group of ['set', 'source', 'voice'] as const) {
  console.log('')
  for (const name of new Set(judged.map((j) => j.turn[group]))) {
    const part = judged.filter((j) => j.turn[group] === name)
    row(`${name} (${part.length})`, scoreOf(part, byRule))
  }
}
const right = judged.filter((j) => j.turn.change && j.finding.change)
const slotted = right.filter((j) => j.turn.slots.length > 0)
console.log(
  `\nslots before → after exact   ${percent(slotted.filter(exact).length / Math.max(1, slotted.length))} of ${slotted.length} found changes with slots`,
)
console.log(
  `types exact                  ${percent(right.filter(sameTypes).length / Math.max(1, right.length))} of ${right.length} found changes`,
)
const quiet = judged.filter((j) => !j.turn.change)
console.log(
  `false alarms                 ${((quiet.filter(byRule).length / Math.max(1, quiet.length)) * 100).toFixed(1)} per 100 messages without a change`,
)
if (process.argv.includes('--errors')) {
  console.log('')
  for (const j of judged.filter((j) => j.turn.change !== j.finding.change || (j.turn.change && (!exact(j) || !sameTypes(j))))) {
    const said = j.finding.slots.map(keyOf).join(' ; ')
    const kind = j.turn.change === j.finding.change ? 'slots' : j.turn.change ? 'MISSED' : 'FALSE'
    console.log(
      `${kind.padEnd(6)} ${j.turn.id} ${j.finding.score} 「${j.turn.question.text}」\n       said ${j.finding.types.join()} ${said}\n       true ${j.turn.types.join()} ${j.turn.slots.map(keyOf).join(' ; ')}`,
    )
  }
}
