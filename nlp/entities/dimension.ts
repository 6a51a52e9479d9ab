import { matches } from '../matches.js'

/** What a unit measures: so that the 45公分 of a safe of 60cm are its size, and the 250克 of a paper of 200g its weight. */
const DIMENSIONS: [string, string[]][] = [
  ['length', ['mm', '毫米', 'cm', '厘米', '公分', 'm', '米', '寸', '英寸', '尺', '丝']],
  ['mass', ['g', '克', 'kg', '公斤', '千克', '斤', 't', '吨']],
  ['volume', ['ml', '毫升', 'l', '升']],
  ['area', ['㎡', '平', '平米', '平方', '平方米']],
  ['power', ['w', 'kw', '瓦', '千瓦', '匹', '马力']],
  ['voltage', ['v', 'kv', '伏']],
  ['charge', ['ah', 'mah', '毫安', '安时']],
  ['pressure', ['mpa', 'kpa', 'bar', 'psi']],
  ['heat', ['℃', '度', '°', '°c']],
  ['storage', ['gb', 'tb', 'mb']],
  ['pixels', ['万像素', '像素']],
]

const OF = new Map(DIMENSIONS.flatMap(([name, units]) => units.map((unit) => [unit, name])))

/** null for what only counts (套, 个) and for units that are not known. */
export const dimensionOf = (unit: string | null): string | null => (unit === null ? null : (OF.get(unit.toLowerCase()) ?? null))

const MEASURE =
  /(\d+(?:\.\d+)?)\s?(m³|万?像素|[a-zA-Z℃°㎡]{1,3}|毫米|厘米|公分|英寸|毫升|公斤|千克|平方米?|平米|千瓦|毫安|安时|米|寸|尺|丝|克|斤|吨|升|平|瓦|匹|马力|伏|度)/g

/** The dimensions that a spec is written in: 「280cm 米白」 holds a length. */
export function dimensionsIn(spec: string): string[] {
  const found: string[] = []
  for (const [, , unit] of matches(MEASURE, spec)) {
    const name = dimensionOf(unit ?? null)
    if (name !== null) found.push(name)
  }
  return found
}
