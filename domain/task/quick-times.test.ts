import { describe, expect, it } from 'vitest'
import { formatClock, formatDayShort } from '../../lib/format/dates.js'
import { defaultCalm } from '../reminders/calm.contract.js'
import { quickTimesFor } from './quick-times.js'

const offered = (now: string, calm = defaultCalm) =>
  quickTimesFor(new Date(now), calm).map(({ label, at }) => `${label} ${formatDayShort(at, now)} ${formatClock(at)}`)

describe('quickTimesFor', () => {
  it('on a Monday morning offers the hour, the evening, tomorrow and next Monday', () => {
    expect(offered('2026-11-23T10:00:00+08:00')).toEqual([
      '1 小时后 11月23日 11:00',
      '今天下班前 11月23日 17:30',
      '明早 11月24日 08:52',
      '下周一 11月30日 08:52',
    ])
  })

  it('on a Friday evening does not offer a Saturday, nor the same moment twice', () => {
    expect(offered('2026-11-27T19:00:00+08:00')).toEqual(['1 小时后 11月27日 20:00', '下个工作日早上 11月30日 08:52'])
  })

  it('follows an organisation that works on Saturdays', () => {
    const calm = { ...defaultCalm, week: 'six' as const }
    expect(offered('2026-11-27T19:00:00+08:00', calm)[1]).toBe('明早 11月28日 08:52')
  })

  it('before a holiday offers the first day after it', () => {
    expect(offered('2026-09-30T18:00:00+08:00')).toEqual(['1 小时后 9月30日 19:00', '下个工作日早上 10月8日 08:52'])
  })
})
