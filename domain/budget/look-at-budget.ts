import type { Reader } from '../../lib/db.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import { tellAdministrators } from '../person/tell-administrators.js'
import { weekOf } from '../reminders/calm.js'
import { findPolicy } from '../reminders/policy.js'
import type { Work } from '../work.js'
import type { BudgetState, UsedWhat } from './budget.contract.js'
import { byDay, countUses } from './count-uses.js'
import { forecast } from './forecast.js'
import { judge, type Standing, savedOf } from './judge.js'
import { type Ended, findStanding, keepStanding } from './standing.js'

const DAY_MS = 24 * 3_600_000
export type Quota = { calls: number; pushes: number }
const quotaOf = (quota: Quota, what: UsedWhat) => (what === 'call' ? quota.calls : quota.pushes)

/** `now`: business time. */
export type Needs = { quota: Quota; machineNow: Date; now: Date }

/** How both lines stand. */
export async function findLines(db: Reader, { quota, machineNow, now }: Needs): Promise<Standing[]> {
  const month = shanghaiDay(machineNow).slice(0, 7)
  // One after the other: in a transaction they share one connection.
  const uses = await countUses(db, 'dingtalk', machineNow)
  const { calm } = await findPolicy(db)
  const { ended } = await findStanding(db, month)
  return (['call', 'push'] as const).map((what) => {
    const days = byDay(uses, what)
    const used = [...days].reduce((sum, [day, count]) => sum + (day.startsWith(month) ? count : 0), 0)
    return {
      what,
      used,
      quota: quotaOf(quota, what),
      forecast: forecast(days, machineNow, weekOf(calm)),
      ended: ended.some((one) => one.what === what && isFresh(one, now)),
    }
  })
}

/** What the platform said holds for a day: it says so again, or more was bought. */
const isFresh = ({ at }: Ended, now: Date) => now.getTime() - Date.parse(at) < DAY_MS

/** Keeps how the budget stands for whoever says something, and tells administrators once a month of each step down. */
export async function lookAtBudget(work: Work, given: Omit<Needs, 'now'>): Promise<void> {
  const needs = { ...given, now: work.now }
  const month = shanghaiDay(needs.machineNow).slice(0, 7)
  await work.tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('budget:dingtalk', 5))`
  const lines = await findLines(work.tx, needs)
  const { ended } = await findStanding(work.tx, month)
  const states = lines.map((line) => ({ what: line.what, state: judge(line) }))
  await keepStanding(work, month, { states, saved: [...new Set(lines.flatMap(savedOf))], ended })
  for (const line of lines)
    for (const { step, text } of warningsOf(line, judge(line)))
      await tellAdministrators(work, { key: `budget:dingtalk:${line.what}:${step}:${month}`, text })
}

const name: Record<UsedWhat, string> = { call: '接口调用', push: '推送' }
const count = (n: number) => n.toLocaleString('en-US')

/** 八成, forecast over, used up: each is said once, by its key. */
function warningsOf({ what, used, quota, forecast, ended }: Standing, state: BudgetState): { step: string; text: string }[] {
  const buy = '扩容：钉钉开发者后台「资源管理」。'
  // The platform has said so itself, and administrators know.
  if (ended) return []
  if (state === 'used-up')
    return [{ step: 'used', text: `钉钉本月的${name[what]}额度 ${count(quota)} 次已经用完，提醒改走其他渠道。${buy}` }]
  const warnings = []
  if (used >= quota * 0.8)
    warnings.push({
      step: '80',
      text: `钉钉本月的${name[what]}已用 ${count(used)} 次，超过额度 ${count(quota)} 次的八成。${buy}`,
    })
  if (forecast !== null && forecast > quota)
    warnings.push({
      step: 'forecast',
      text: `照现在的用量，钉钉本月的${name[what]}到月底约 ${count(forecast)} 次，超过额度 ${count(quota)} 次。${buy}`,
    })
  return warnings
}
