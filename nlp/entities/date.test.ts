import { describe, expect, it } from 'vitest'
import { fromDay, parseIso, toDay, toIso, weekday } from './calendar.js'
import { readDates } from './date.js'

const saturday = parseIso('2026-11-21') ?? 0

describe('readDates on Saturday 2026-11-21', () => {
  it.each([
    ['下周五', '2026-11-27'],
    ['下周五前', '2026-11-27'],
    ['下个礼拜三', '2026-11-25'],
    ['下下周一', '2026-11-30'],
    ['周五', '2026-11-27'],
    ['周六', '2026-11-21'],
    ['礼拜天', '2026-11-22'],
    ['周末', '2026-11-21/2026-11-22'],
    ['下周', '2026-11-23/2026-11-29'],
    ['明天', '2026-11-22'],
    ['大后天下午三点', '2026-11-24'],
    ['月底', '2026-11-30'],
    ['剩下月底', '2026-11-30'],
    ['下月底', '2026-12-31'],
    ['月初', '2026-12-01/2026-12-05'],
    ['月中', '2026-12-15'],
    ['下个月10号', '2026-12-10'],
    ['1月中旬', '2027-01-11/2027-01-20'],
    ['12月', '2026-12-01/2026-12-31'],
    ['12月前', '2026-11-30'],
    ['12月20号', '2026-12-20'],
    ['十二月二十五号', '2026-12-25'],
    ['3月25日', '2027-03-25'],
    ['11月18号', '2026-11-18'],
    ['25号', '2026-11-25'],
    ['15号之前', '2026-12-15'],
    ['20号到25号', '2026-12-20/2026-12-25'],
    ['12月20到25号', '2026-12-20/2026-12-25'],
    ['明年3月5号', '2027-03-05'],
    ['2027-01-05', '2027-01-05'],
    ['2027年1月5日', '2027-01-05'],
    ['年底前', '2026-12-31'],
    ['年前', '2027-02-06'],
    ['春节前', '2027-02-06'],
    ['过年前', '2027-02-06'],
    ['国庆后', '2027-10-08'],
    ['元旦前', '2027-01-01'],
    ['元旦后', '2027-01-04'],
    ['端午', '2027-06-09'],
    ['双十一前', '2027-11-11'],
    ['腊月二十', '2027-01-27'],
    ['正月初八', '2027-02-13'],
    ['下季度', '2027-01-01/2027-03-31'],
    ['三季度', '2027-07-01/2027-09-30'],
    ['五一后第一个周五', '2027-05-07'],
    ['国庆后第一天', '2027-10-08'],
    ['节后第一周', '2027-01-04/2027-01-10'],
    ['12.8能出吗', '2026-12-08'],
    ['改到12/8', '2026-12-08'],
    ['12-8前', '2026-12-08'],
    ['下个月份中', '2026-12-15'],
  ])('%s is %s', (text, iso) => {
    expect(readDates(text, saturday).map((d) => d.iso)).toEqual([iso])
  })

  it.each([
    '11号房',
    '8号线',
    '3号楼',
    '45号钢',
    '建国路88号',
    '每周三',
    '三年前',
    '3个月',
    '一块五一个',
    '年货',
    '环节后面',
    '第二十三号技师',
    '新年好',
    '春节快乐',
    '11.8太高了',
    '11.2元',
    '1/2英寸',
  ])('%s is no date', (text) => {
    expect(readDates(text, saturday)).toEqual([])
  })

  it('keeps the time of day, the bound, and whether only a day of the month was said', () => {
    expect(readDates('大后天下午三点半', saturday)[0]).toMatchObject({ time: '15:30' })
    expect(readDates('国庆节后', saturday)[0]).toMatchObject({ bound: 'after' })
    expect(readDates('下周三之前', saturday)[0]).toMatchObject({ bound: 'by', bareDay: false })
    expect(readDates('25号', saturday)[0]).toMatchObject({ bareDay: true })
    expect(readDates('上周五', saturday)[0]).toMatchObject({ past: true })
  })

  it('reads both dates of a move', () => {
    expect(readDates('15号改成25号', saturday).map((d) => d.iso)).toEqual(['2026-12-15', '2026-11-25'])
  })

  it('knows no 30th of February', () => {
    expect(readDates('2月30号', saturday)).toEqual([])
  })
})

describe('calendar', () => {
  it('counts days without a clock, over leap years and centuries', () => {
    for (const [y, m, d] of [
      [1970, 1, 1],
      [2000, 2, 29],
      [2026, 11, 21],
      [2100, 3, 1],
    ] as const) {
      expect(fromDay(toDay(y, m, d))).toEqual({ year: y, month: m, day: d })
      expect(toDay(y, m, d)).toBe(Date.UTC(y, m - 1, d) / 86_400_000)
    }
    expect(weekday(saturday)).toBe(6)
    expect(toIso(saturday)).toBe('2026-11-21')
  })
})
