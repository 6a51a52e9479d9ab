/** Working days as people say the time that passes meanwhile: five are a week. Up to and with the number, these words. */
const SPANS: [number, string][] = [
  [2.25, '一两天'],
  [3.25, '两三天'],
  [4.75, '三五天'],
  [6.75, '一周左右'],
  [8.25, '十天左右'],
  [12.75, '两周左右'],
  [17.75, '三周左右'],
  [26, '一个月左右'],
  [36, '一个多月'],
]
const MONTH = 21

const spanOf = (workingDays: number): string =>
  SPANS.find(([most]) => workingDays <= most)?.[1] ?? `${Math.round(workingDays / MONTH)} 个月左右`

/** The usual gap: 「平时两三天一句」. */
export const sayRhythm = (workingDays: number): string =>
  workingDays < 1.5 ? '平时几乎每天都联系' : `平时${spanOf(workingDays)}一句`

/** The longest pause that is nothing unusual: 「以前停得久一般也就两周左右」. */
export const sayPause = (workingDays: number): string => `以前停得久一般也就${spanOf(workingDays)}`
