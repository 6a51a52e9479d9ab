/** Days as people say them. Up to and with the number, these words. */
const SPANS: [number, string][] = [
  [2.25, '一两天'],
  [3.75, '两三天'],
  [5.75, '三五天'],
  [8.75, '一周左右'],
  [11.75, '十天左右'],
  [17.75, '两周左右'],
  [25, '三周左右'],
  [38, '一个月左右'],
  [52, '一个多月'],
]
const MONTH = 30

const spanOf = (days: number): string => SPANS.find(([most]) => days <= most)?.[1] ?? `${Math.round(days / MONTH)} 个月左右`

/** The usual gap: 「平时两三天一句」. */
export const sayRhythm = (days: number): string => (days < 1.5 ? '平时几乎每天都联系' : `平时${spanOf(days)}一句`)

/** The longest pause that is nothing unusual: 「以前停得久一般也就两周左右」. */
export const sayPause = (days: number): string => `以前停得久一般也就${spanOf(days)}`
