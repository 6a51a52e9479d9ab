import { entitiesOf, readPhrases } from './data/read-entities.js'
import { type Labelled, readTravel, readTurns } from './data/read-turns.js'
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
  say(
    `  the same, with the item's name         ${percent(exact(slotted.filter(m.itemsExact)) * (slotted.filter(m.itemsExact).length / Math.max(1, slotted.length)))}`,
  )
  const valued = slotted.filter((j) => j.turn.slots.every((slot) => m.VALUED.has(slot.field)))
  say(`  changes of numbers, days, money, terms ${percent(exact(valued))} of ${valued.length}`)
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

/** Real customers of a travel service (CrossWOZ): how often they would be taken for a change. */
function printTravel(): void {
  const judged = judgeAll(readTravel())
  const quiet = judged.filter((j) => !m.isChange(j))
  say(`\nreal service dialogues (CrossWOZ, travel): ${judged.length} turns, ${judged.length - quiet.length} of them changes`)
  row('  understand', m.scoreOf(judged, m.saysChange, m.isChange))
  row('  keyword', m.scoreOf(judged, byKeyword, m.isChange))
  say(`  false alarms ${((quiet.filter(m.saysChange).length / quiet.length) * 100).toFixed(1)} per 100`)
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
  printTravel()
}
if (args.includes('--errors')) printErrors(judged)
