import type { Turn } from './finding.js'
import { isNear } from './near.js'
import { readSurcharges } from './proposals/surcharge.js'
import { makeScene, type Setting } from './read-scene.js'
import type { Quote } from './scene.js'

/** How far back prices are remembered. */
const TURNS = 6

/** The prices that one has named. */
function quotesIn(text: string, setting: Setting): Quote[] {
  if (!/[\d一二两三四五六七八九十百千万]/.test(text)) return []
  const scene = makeScene(text, { ...setting, rep: true })
  return scene.clauses
    .flatMap((clause) => readSurcharges(scene, clause, null))
    .map(({ after, item, field }) => {
      const sign = after?.startsWith('+') ? '+' : after?.startsWith('-') ? '-' : ''
      return { value: Math.abs(Number(after)), sign, item, whole: field === 'budget' }
    })
}

/**
 * The prices that the rep has named in the last turns, newest first. A bare one goes on with the sign of an earlier one near
 * to it: 「8块」 after 「每平加9块」 are eight more.
 */
export function quotesBefore(context: Turn[], setting: Setting): Quote[] {
  const found: Quote[] = []
  for (const turn of context.slice(-TURNS).filter(({ speaker }) => speaker === 'rep')) {
    for (const quote of quotesIn(turn.text, setting)) {
      const known = quote.sign === '' ? found.find((one) => one.sign !== '' && isNear(quote.value, one)) : undefined
      found.unshift(known ? { ...quote, sign: known.sign, item: quote.item ?? known.item } : quote)
    }
  }
  return found
}
