import { existsSync, readFileSync } from 'node:fs'
import { entitiesOf, readPhrases } from './data/read-entities.js'
import { type Labelled, readTurns } from './data/read-turns.js'
import type { ChangeType, SignalName } from './finding.js'
import * as m from './measures.js'
import { understand } from './understand.js'

// npm run nlp:eval [-- --errors | --sealed | --set <name>]

const percent = (n: number) => `${(n * 100).toFixed(1).padStart(5)} %`
const say = (line = '') => console.log(line)
const row = (name: string, { precision, recall, f1 }: m.Score, more = '') =>
  say(`${name.padEnd(24)} P ${percent(precision)}   R ${percent(recall)}   F1 ${percent(f1)}${more}`)
const byKeyword = (j: m.Judged) => j.keyword

const judgeAll = (turns: Labelled[]): m.Judged[] =>
  turns.map((turn) => ({ turn, finding: understand(turn.question), keyword: m.KEYWORD.test(turn.question.text) }))

function printChange(judged: m.Judged[]): void {
  const ci = m.confidence(judged, (part) => m.scoreOf(part, m.saysChange, m.isChange).f1)
  say(`${judged.length} turns, ${judged.filter(m.isChange).length} of them changes\n`)
  row('understand', m.scoreOf(judged, m.saysChange, m.isChange), `   (95 %: ${percent(ci[0]).trim()} – ${percent(ci[1]).trim()})`)
  row('keyword 要/需要/改成', m.scoreOf(judged, byKeyword, m.isChange))
  const quiet = judged.filter((j) => !m.isChange(j))
  const alarms = (said: (j: m.Judged) => boolean) => ((quiet.filter(said).length / Math.max(1, quiet.length)) * 100).toFixed(1)
  say(`false alarms             ${alarms(m.saysChange)} per 100 messages without a change (keyword: ${alarms(byKeyword)})`)
  for (const group of ['set', 'source', 'voice'] as const) {
    say()
    for (const name of new Set(judged.map((j) => j.turn[group]))) {
      const part = judged.filter((j) => j.turn[group] === name)
      const keyword = m.scoreOf(part, byKeyword, m.isChange).f1
      row(`${name} (${part.length})`, m.scoreOf(part, m.saysChange, m.isChange), `   keyword F1 ${percent(keyword)}`)
    }
  }
}

const TYPES: ChangeType[] = ['功能增减', '交付时间调整', '预算范围变动', '其他', '撤回']
const FIELDS = ['quantity', 'delivery', 'price', 'budget', 'terms', 'item', 'spec', 'other']
const SIGNALS: SignalName[] = ['预算质疑', '比价', '催货', '投诉', '付款拖延', '决策链', '购买意向', '丢单迹象', '新单']

function printKinds(judged: m.Judged[]): void {
  say('\ntypes')
  for (const type of TYPES) {
    const meant = (j: m.Judged) => j.turn.types.includes(type)
    row(
      `  ${type} (${judged.filter(meant).length})`,
      m.scoreOf(judged, (j) => j.finding.types.includes(type), meant),
    )
  }
  const right = judged.filter((j) => j.turn.change && j.finding.change)
  const slotted = right.filter((j) => j.turn.slots.length > 0)
  const exact = (part: m.Judged[]) => part.filter(m.slotsExact).length / Math.max(1, part.length)
  say(`  all types of a found change exact      ${percent(right.filter(m.typesExact).length / Math.max(1, right.length))}`)
  say('\nslots before → after, letter for letter')
  say(`  all slots of a found change exact      ${percent(exact(right))} of ${right.length}`)
  say(`  the same, changes that have slots      ${percent(exact(slotted))} of ${slotted.length}`)
  for (const field of FIELDS) {
    const score = m.slotScore(right, field)
    if (score.meant > 0) row(`  ${field} (${score.meant})`, score)
  }
  const signalled = judged.filter((j) => j.turn.signals !== null)
  if (signalled.length > 0) say('\nsignals')
  for (const name of SIGNALS) {
    const meant = (j: m.Judged) => j.turn.signals?.includes(name) ?? false
    const said = (j: m.Judged) => j.finding.signals.some((signal) => signal.name === name)
    if (signalled.length > 0) row(`  ${name} (${signalled.filter(meant).length})`, m.scoreOf(signalled, said, meant))
  }
}

function printErrors(judged: m.Judged[]): void {
  say()
  for (const j of judged) {
    const right = j.turn.change === j.finding.change
    if (right && (!j.turn.change || (m.slotsExact(j) && m.typesExact(j)))) continue
    const kind = right ? 'slots' : j.turn.change ? 'MISSED' : 'FALSE'
    const { rules, net, kind: likest } = j.finding.why
    say(`${kind.padEnd(6)} ${j.turn.id} ${j.finding.score} (rules ${rules}, net ${net} ${likest}) 「${j.turn.question.text}」`)
    const before = j.turn.question.context.at(-1)
    if (before) say(`       after ${before.speaker} 「${before.text}」`)
    say(`       said ${j.finding.types.join()} ${j.finding.slots.map(m.keyOf).join(' ; ')}`)
    say(`       true ${j.turn.types.join()} ${j.turn.slots.map(m.keyOf).join(' ; ')}`)
  }
}

/** Real customers of a travel service (CrossWOZ), 300 turns: how often they would be taken for a change. */
function printService(): void {
  const labels = new URL('data/crosswoz-300.labels.jsonl', import.meta.url)
  if (!existsSync(labels)) return
  const turns = readFileSync(labels, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as { text: string; context?: string[]; change: boolean })
    .map(({ text, context = [], change }) => ({
      change,
      found: understand({
        text,
        context: context.map((line) => ({
          speaker: line.startsWith('客') ? ('customer' as const) : ('rep' as const),
          text: line.replace(/^[客销][:：]\s*/, ''),
        })),
        deal: null,
        today: '2026-11-21',
      }).change,
      keyword: m.KEYWORD.test(text),
    }))
  say('\nreal service dialogues (CrossWOZ, travel)')
  row(
    `  understand (${turns.length})`,
    m.scoreOf(
      turns,
      (t) => t.found,
      (t) => t.change,
    ),
  )
  row(
    '  keyword',
    m.scoreOf(
      turns,
      (t) => t.keyword,
      (t) => t.change,
    ),
  )
  const quiet = turns.filter((t) => !t.change)
  say(`  false alarms ${((quiet.filter((t) => t.found).length / Math.max(1, quiet.length)) * 100).toFixed(1)} per 100`)
}

const args = process.argv.slice(2)
const set = args.includes('--set') ? args[args.indexOf('--set') + 1] : undefined
const judged = judgeAll(readTurns(args.includes('--sealed') ? 'sealed' : 'development').filter((t) => !set || t.set === set))
printChange(judged)
printKinds(judged)
if (!args.includes('--sealed')) {
  const phrases = readPhrases()
  const right = phrases.filter(({ text, entities }) => entitiesOf(text).join() === entities.join())
  say(`\nentities exact           ${percent(right.length / phrases.length)} of ${phrases.length} phrases`)
  printService()
}
if (args.includes('--errors')) printErrors(judged)
