import type { DurationEntity } from './entity.js'
import { readSpread } from './number.js'

const WORTH = /[天日周期拜月年时]/
const START = /[\d一二两三四五六七八九十半几]/
const UNIT =
  /^\s?(?:来|多)?(?:(个)?(半)?(?:个)?(工作日|自然日|天|日(?!本|报|历|元)|周|星期|礼拜|月(?!份)|年(?!级|前|后|度|轻|货)))(半)?/
const DAYS: [RegExp, number][] = [
  [/^(?:工作日|自然日|天|日)/, 1],
  [/^(?:周|星期|礼拜)/, 7],
  [/^月/, 30],
  [/^年/, 365],
]

/** 三天内, 半个月, 一个半月, 两周后, 5个工作日, 10来天. Months count 30 days, as people mean them; half a month 15. */
export function readDurations(text: string): DurationEntity[] {
  if (!WORTH.test(text)) return []
  const found: DurationEntity[] = []
  for (let at = 0; at < text.length; at++) {
    if (
      !START.test(text.charAt(at)) ||
      /[\d.第]/.test(text.charAt(at - 1)) ||
      (/[一二三四五六七八九十]/.test(text.charAt(at - 1)) && /[周期拜月]/.test(text.charAt(at - 2)))
    )
      continue
    const half = text.charAt(at) === '半'
    const number = half ? { value: 0.5, max: null, end: at + 1 } : readSpread(text, at)
    if (!number) continue
    const match = UNIT.exec(text.slice(number.end, number.end + 8))
    const unit = match?.[3]
    if (!match || unit === undefined) continue
    // 「3月」「5日」「十月」 are dates; a month needs its 个, and 日 stands for days only in 工作日 and after a move (早三日).
    const moved = /(?:早|晚|迟|前|后|延|拖|缓|推)(?:个|了|上)?\s?$/.test(text.slice(Math.max(0, at - 3), at))
    if ((unit === '月' && match[1] === undefined && !match[0].includes('个')) || (unit === '日' && !moved)) continue
    const each = DAYS.find(([pattern]) => pattern.test(unit))?.[1] ?? 1
    const count = (number.max ?? number.value) + (match[2] !== undefined || match[4] !== undefined ? 0.5 : 0)
    let to = number.end + match[0].length
    const rest = text.slice(to, to + 3)
    const by = /^(?:之内|以内|内)/.exec(rest)
    const after = by ? null : /^(?:之后|以后|后(?!面|天))/.exec(rest)
    const before = /^(?:之前|以前|前(?!面))/.exec(rest)
    to += (by ?? after)?.[0].length ?? 0
    // 「两天前」 tells of the past.
    if (!before) {
      const days = Math.round(count * each)
      found.push({
        kind: 'duration',
        from: at,
        to,
        days,
        working: unit === '工作日',
        bound: by ? 'by' : after ? 'after' : 'none',
      })
    }
    at = to - 1
  }
  return found
}
