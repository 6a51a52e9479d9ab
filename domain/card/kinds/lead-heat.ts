import type { Reader } from '../../../lib/db.js'
import { formatSince } from '../../../lib/format/dates.js'
import { findCold } from '../../heat/find-cold.js'
import { findLeads } from '../../heat/find-leads.js'
import { tallyOf } from '../../heat/tally.js'
import { addDays } from '../../leak/clock-days.js'
import { findPolicy } from '../../reminders/policy.js'
import type { Card } from '../card.js'

const MOST_LINES = 5

/** 「<monday>」: the leads of that week that have no price yet. A manager's 催一下 on the card is for all of them. */
export async function drawLeadHeat(db: Reader, monday: string, now: Date): Promise<Card | null> {
  const { calm } = await findPolicy(db)
  const days = Array.from({ length: 7 }, (_, i) => addDays(monday, i))
  const leads = await findLeads(db, { days, calm, now, owner: {} })
  const [tally, cold] = [tallyOf(leads), await findCold(db, leads)]
  if (tally.all === 0) return null
  const page = '/h5/heat'
  const week = `${Number(monday.slice(5, 7))}月${Number(monday.slice(8))}日那周`
  const ratio = Math.floor((tally.quoted / tally.all) * 100)
  const base = { source: '不漏 · 线索热力', page }
  if (cold.length === 0) return { ...base, title: `${week}的商机都报价了`, fields: [], buttons: [], settled: '都有报价了' }
  const open = cold.filter(({ nudgedBy }) => !nudgedBy)
  const outside = tally.outside > 0 ? `，另有系统外报价 ${tally.outside} 个` : ''
  return {
    ...base,
    title: `${week}的线索热力比只有 ${ratio}%`,
    desc: `${tally.all} 个商机，72 小时内报价 ${tally.quoted} 个${outside}；${cold.length} 个到现在没报`,
    fields: [
      ...cold.slice(0, MOST_LINES).map((lead) => ({
        label: lead.customer,
        value: [lead.rep.name, formatSince(lead.createdAt, now), lead.calledBy ? `${lead.calledBy.name}来打` : '']
          .filter(Boolean)
          .join(' · '),
      })),
      { label: '无效', value: `${tally.invalid} 个，占 ${Math.round((tally.invalid / (tally.all + tally.invalid)) * 100)}%` },
    ],
    buttons:
      open.length > 0
        ? [
            { action: 'nudge-rep', label: '催一下', style: 'primary' },
            { action: 'call-lead', label: '我来打', style: 'plain', page: '/h5/heat?as=call' },
          ]
        : [],
    ...(open.length === 0 ? { settled: `${cold[0]?.nudgedBy?.name ?? '同事'}都催过了` } : {}),
  }
}
