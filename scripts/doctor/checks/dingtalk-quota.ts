import type { BudgetState } from '../../../domain/budget/budget.contract.js'
import { describeBudget } from '../../../domain/budget/describe-budget.js'
import { broken, type Check, type Finding, look, ok } from '../check.js'
import { withDingtalk } from '../dingtalk.js'

const names = { call: '接口调用', push: '推送' }
const states: Record<BudgetState, Finding['state']> = { plenty: 'ok', watch: 'look', short: 'look', 'used-up': 'broken' }
const mend = '到钉钉开发者后台「资源管理」扩容；额度和组织版本不符就改 DINGTALK_MONTHLY_CALLS、DINGTALK_MONTHLY_PUSHES'

/** By our own count: the platform tells nobody what is left. */
const check: Check = {
  name: 'dingtalk-quota',
  title: '钉钉额度',
  run: withDingtalk(async ({ config }, { db, now }) => {
    const budget = db && (await describeBudget(db, { now, quota: config.quota, machineNow: now }).catch(() => null))
    if (!budget) return look('等数据库好了再查')
    return budget.lines.map(({ what, used, quota, state, words }): Finding => {
      const said = `本月${names[what]}约 ${used} / ${quota} 次（按不漏自己的计数），${words}`
      if (states[state] === 'ok') return ok(said)
      return states[state] === 'look' ? look(said, mend) : broken(said, mend)
    })
  }),
}
export default check
