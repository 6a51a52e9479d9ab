import { expect, it } from 'vitest'
import type { Bells } from '../lib/bells.js'
import { nextPull, ringArchive, watchArchive } from './ring-archive.js'

/** Counts rings; nothing answers them. */
function countRings() {
  const rings: (Date | null)[] = []
  const bells: Pick<Bells, 'ring' | 'ringAt'> = { ring: () => void rings.push(null), ringAt: (_bell, at) => void rings.push(at) }
  return { rings, bells: bells as Bells }
}
const archive = { secret: 's', keys: {}, sdk: 'x.so' }

it('pages on any server ring at the same moments, every two seconds', () => {
  const at = (ms: number) => nextPull(new Date(1_700_000_000_000 + ms)).getTime() - 1_700_000_000_000
  expect([at(0), at(1), at(1_999), at(2_000), at(3_500)]).toEqual([2_000, 2_000, 2_000, 4_000, 4_000])
})

it('without an archive nobody rings: nothing would ever take the rings away', () => {
  const { rings, bells } = countRings()
  ringArchive({ bells, config: { wecom: { archive: null } } })
  watchArchive({ bells, config: { wecom: { archive: null } } }, () => new Date())()
  expect(rings).toEqual([])
  ringArchive({ bells, config: { wecom: { archive } } })
  expect(rings).toEqual([null])
})
