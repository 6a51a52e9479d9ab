import { readSurcharges } from './proposals/surcharge.js'
import { makeScene, type Setting } from './read-scene.js'
import type { Quote } from './scene.js'

/** The prices in the rep's last words. */
export function readQuotes(rep: string, setting: Setting): Quote[] {
  if (rep === '' || !/[\d一二两三四五六七八九十百千万]/.test(rep)) return []
  const scene = makeScene(rep, { ...setting, rep: true })
  return scene.clauses
    .flatMap((clause) => readSurcharges(scene, clause, null))
    .map(({ after }) => {
      const sign = after?.startsWith('+') ? '+' : after?.startsWith('-') ? '-' : ''
      return { value: Math.abs(Number(after)), sign }
    })
}
