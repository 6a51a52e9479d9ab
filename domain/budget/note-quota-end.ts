import { shanghaiDay } from '../../lib/format/dates.js'
import { tellAdministrators } from '../person/tell-administrators.js'
import type { Work } from '../work.js'
import type { UsedWhat } from './budget.contract.js'
import { savedOf } from './judge.js'
import { findStanding, keepStanding } from './standing.js'

type QuotaEnd = { platform: 'dingtalk'; what: UsedWhat; words: string }

/**
 * The platform itself says that the month's quota is used up, whatever we have counted: from here on we save, and every
 * administrator hears of it once a month.
 */
export async function noteQuotaEnd(work: Work, { what, words }: QuotaEnd): Promise<void> {
  const month = shanghaiDay(work.now).slice(0, 7)
  await work.tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('budget:dingtalk', 5))`
  const standing = await findStanding(work.tx, month)
  const used = { what, used: 0, quota: 1, forecast: null, ended: true }
  await keepStanding(work, month, {
    states: [...standing.states.filter((one) => one.what !== what), { what, state: 'used-up' }],
    saved: [...new Set([...standing.saved, ...savedOf(used)])],
    ended: [...standing.ended.filter((one) => one.what !== what), { what, at: work.now.toISOString(), words }],
  })
  await tellAdministrators(work, { key: `budget:dingtalk:${what}:ended:${month}`, text: endedWords(what) })
}

const endedWords = (what: UsedWhat) =>
  what === 'call'
    ? '钉钉说本月的接口调用额度用完了：发给大家的卡片改走各人的其他渠道，没有别的渠道的每天再试，页面照常能用。扩容：钉钉开发者后台「资源管理」。'
    : '钉钉说本月的推送额度用完了：在钉钉里跟机器人说的话、点的卡片按钮暂时收不到，请大家改在页面里处理。扩容：钉钉开发者后台「资源管理」。'
