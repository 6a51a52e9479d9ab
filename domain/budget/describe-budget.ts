import type { Reader } from '../../lib/db.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import { type BudgetLine, type BudgetPage, type BudgetState, savedLabel, type UsedWhat } from './budget.contract.js'
import { countUses, type Uses } from './count-uses.js'
import { judge, type Standing, savedOf } from './judge.js'
import { findLines, type Needs } from './look-at-budget.js'

/** What people know a use by; what is none of these is 其他. */
const labels: [RegExp, string][] = [
  [/^card\/instances\/(createAndDeliver|deliver)|^card\/instances\/create$/, '发出的卡片'],
  [/^card\/instances$/, '更新卡片'],
  [/^robot\/sendBySession/, '机器人的回话'],
  [/^robot\/ding/, 'DING'],
  [/^robot\//, '机器人发的话'],
  [/corpconversation/, '工作通知'],
  [/^todo\//, '待办'],
  [/^crm\//, '读取钉钉客户'],
  [/card/i, '卡片上的点击'],
  [/bot|robot/i, '跟机器人说的话'],
  [/event/i, '通讯录等事件'],
]
const labelOf = (api: string) => labels.find(([pattern]) => pattern.test(api))?.[1] ?? '其他'

const stateWords: Record<BudgetState, string> = {
  plenty: '够用',
  watch: '留意',
  short: '紧张，已开始节省',
  'used-up': '已用完',
}

/** 额度: what was used, how it will end, and what is left out to save. */
export async function describeBudget(db: Reader, needs: Needs): Promise<NonNullable<BudgetPage['budget']>> {
  const month = shanghaiDay(needs.machineNow).slice(0, 7)
  const [lines, uses] = await Promise.all([findLines(db, needs), countUses(db, 'dingtalk', needs.machineNow)])
  const ofMonth = uses.filter((use) => use.day.startsWith(month))
  const saved = lines.flatMap(savedOf).map((one) => savedLabel[one])
  return {
    month,
    lines: lines.map((line) => lineOf(line, ofMonth)),
    saving: saved.length > 0 ? `额度紧张，先停发${saved.join('、')}；同时到的几条提醒合成一张卡片` : null,
  }
}

function lineOf(line: Standing, uses: Uses[]): BudgetLine {
  const { what, used, quota, forecast } = line
  const state = judge(line)
  const end = forecast === null ? '用满一个工作日后开始估算月底' : `照现在的用量，月底约 ${forecast.toLocaleString('en-US')} 次`
  return { what, used, quota, forecast, state, words: `${stateWords[state]}。${end}`, uses: sumByLabel(uses, what) }
}

function sumByLabel(uses: Uses[], what: UsedWhat): BudgetLine['uses'] {
  const sums = new Map<string, number>()
  for (const use of uses) if (use.what === what) sums.set(labelOf(use.api), (sums.get(labelOf(use.api)) ?? 0) + use.count)
  return [...sums].map(([label, count]) => ({ label, count })).sort((a, b) => b.count - a.count)
}
