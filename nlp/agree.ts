import { readPercents } from './entities/percent.js'
import type { Turn } from './finding.js'
import { normalize } from './normalize.js'
import type { Setting } from './read-scene.js'
import type { Proposal, Scene } from './scene.js'
import { readTable, type Table } from './table.js'
import type { Earlier } from './withdraw.js'
import { isYes, onlyThanks, settles, tellsDecision } from './yes.js'

/** `saysYes`: so the whole message sounds. */
type Said = { context: Turn[]; setting: Setting; earlier: Earlier; saysYes: boolean }

/** Says that what was repeated is right. */
const CONFIRMS = /对|是的?$|是呀|没错|正确|确认|就是/
const REFUSES = /太|不行|不好|不能|贵|[?？]|吗|还是|别|不要|不用|只|才|就算了|怎么|为什么|凭啥/

/** The values that a message names, as they would stand in what the rep has named. */
function valuesIn(scene: Scene): Set<string> {
  const found = new Set<string>()
  for (const e of scene.entities.filter(({ from }) => from >= scene.offset)) {
    if (e.kind === 'percent') found.add(String(Math.round(e.ratio * 1000) / 10))
    else if (e.kind === 'duration') found.add(String(e.days))
    else if (e.kind === 'date') found.add(e.iso)
    else if (e.kind === 'payment' || e.kind === 'spec') found.add(e.words)
    else found.add(String(e.value))
  }
  return found
}

/** 「六成可以」「25就25吧」「8号早上」: the rep's own number, named again. */
function namedAgain(scene: Scene, raw: string, table: Table): Proposal[] {
  if (raw.length > 16 || REFUSES.test(normalize(raw))) return []
  // 「三万份」 counts, whatever the rep has said of 3万.
  const counts = scene.entities.some((e) => e.kind === 'quantity' && !e.article)
  const said = valuesIn(scene)
  if (said.size === 0) return []
  return table.fresh.filter(({ field, after }) => {
    if (counts && field !== 'quantity' && field !== 'spec') return false
    if (field === 'delivery') return said.has(after ?? '') || said.has(String(Number(after?.slice(-2))))
    const numbers: string[] = (after ?? '').match(/\d+(?:\.\d+)?/g) ?? []
    return (
      said.has(after ?? '') ||
      numbers.some((n) => said.has(n)) ||
      (field === 'terms' && sharesIn(after ?? '').some((n) => said.has(n)))
    )
  })
}
const sharesIn = (words: string): string[] => readPercents(words).map(({ ratio }) => String(Math.round(ratio * 1000) / 10))

/** Beside a value of the rep's, that it is taken: 「50800可以，不过…」. */
const TAKES = /可以|行|OK|ok|接受|没问题|认了?|就按|同意|成交|能过|就这么/

/** 「46500 OK，美缝剂不用送」: in one clause of several the rep's own number is taken. */
function takenBeside(scene: Scene, table: () => Table): Proposal[] {
  const own = scene.clauses.filter((clause) => clause.from >= scene.offset)
  if (own.length < 2) return []
  return own.flatMap((clause) => {
    if (clause.entities.length === 0 || clause.text.length > 14 || clause.mood === 'ask') return []
    if (!TAKES.test(clause.text) || REFUSES.test(clause.text)) return []
    const part = { ...scene, entities: clause.entities, offset: clause.from }
    return namedAgain(part, clause.text, table())
  })
}

/**
 * What a yes agrees to: the rep's last proposal where it differs from the deal; with 「就这么定」 also what the
 * customer had only asked about before; with 「老板同意了」 what was last on the table. Empty when the message is no yes,
 * or there is nothing to agree to.
 */
export function readAgreed(scene: Scene, raw: string, { context, setting, earlier, saysYes }: Said): Proposal[] {
  if (onlyThanks(raw)) return []
  if (tellsDecision(raw)) {
    const { fresh, pending } = readTable(context, setting, true)
    return [...pending, ...fresh]
  }
  const settled = settles(raw)
  const alone = isYes(raw)
  const yes = settled || alone || saysYes
  if (!yes && (raw.length > 16 || scene.entities.length === 0))
    return scene.entities.length === 0 ? [] : takenBeside(scene, () => readTable(context, setting))
  // 「8%能接受」 may come after something else was said.
  const last = context.findLastIndex((t) => t.speaker === 'rep')
  const told = /\d/.test(normalize(raw)) ? context.slice(0, last + 1) : context
  if (!yes && last < 0) return []
  const table = readTable(told, setting)
  const named = namedAgain(scene, raw, table)
  if (named.length > 0) return [...table.pending.filter(() => yes), ...named]
  if (!yes) return []
  const proposed = [...table.pending, ...table.fresh, ...(settled && table.fresh.length > 0 ? table.echo : [])]
  if (proposed.length > 0) return proposed
  if (table.echo.length > 0 && (CONFIRMS.test(normalize(raw)) || /[?？]|吗|对吧/.test(table.rep))) return table.echo
  return settled ? firstOfEach(earlier()) : []
}

function firstOfEach(proposals: Proposal[]): Proposal[] {
  const seen = new Set<string>()
  return proposals.filter((p) => {
    const key = `${p.field}/${p.item ?? ''}`
    return !seen.has(key) && seen.add(key)
  })
}
