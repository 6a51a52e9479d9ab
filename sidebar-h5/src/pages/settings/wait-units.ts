import type { LevelDraft } from '../../../../domain/reminders/settings/settings.contract.js'

export const UNITS = {
  minutes: { label: '分钟', minutes: 1 },
  hours: { label: '小时', minutes: 60 },
  days: { label: '天', minutes: 1_440 },
} as const
export type Unit = keyof typeof UNITS

export const COUNTS = { clock: '所有时间都算', 'working-days': '休息日不算', 'working-hours': '只算上班时间' } as const

/** The unit in which a wait reads best: 4 hours, not 240 minutes, and not a sixth of a day. */
export function bestUnit(wait: LevelDraft['wait']): Unit {
  if ((wait.from !== 'last' && wait.from !== 'start') || !wait.minutes) return 'hours'
  const units = [...unitsFor(wait.counts)].reverse()
  return units.find((unit) => (wait.minutes ?? 0) % UNITS[unit].minutes === 0) ?? 'minutes'
}

/** A day of working hours has as many as an organisation works: it is counted in hours. */
export const unitsFor = (counts: keyof typeof COUNTS): Unit[] =>
  counts === 'working-hours' ? ['minutes', 'hours'] : ['minutes', 'hours', 'days']
