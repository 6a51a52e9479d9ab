import { afterEach, expect, it, vi } from 'vitest'
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

afterEach(() => void vi.useRealTimers())

it('however many pages are open, the archive is asked every two seconds, and no more once the last one is closed', () => {
  vi.useFakeTimers({ now: 1_700_000_000_300 })
  const { rings, bells } = countRings()
  const open = () => watchArchive({ bells, config: { wecom: { archive } } }, () => new Date())
  const pages = [open()]
  vi.advanceTimersByTime(700)
  pages.push(open(), open())
  vi.advanceTimersByTime(12_000)
  // Rings for one moment are one job (lib/bells.ts): six moments in twelve seconds, or one more at an edge.
  expect(rings.length).toBeGreaterThan(12)
  expect(new Set(rings.map((at) => at?.getTime())).size).toBeLessThanOrEqual(7)
  for (const close of pages) close()
  const before = rings.length
  vi.advanceTimersByTime(60_000)
  expect(rings).toHaveLength(before)
})

it('without an archive nobody rings: nothing would ever take the rings away', () => {
  const { rings, bells } = countRings()
  ringArchive({ bells, config: { wecom: { archive: null } } })
  watchArchive({ bells, config: { wecom: { archive: null } } }, () => new Date())()
  expect(rings).toEqual([])
  ringArchive({ bells, config: { wecom: { archive } } })
  expect(rings).toEqual([null])
})
