import { shanghaiDay } from '../../lib/format/dates.js'
import type { Deps } from '../deps.js'
import { type Metered, spentIn } from '../state/dingtalk/usage.js'
import type { Fact } from '../state/state.js'
import { settingsOf } from './settings-of.js'

/** The organisation's month, in the story's time: a pushed clock is a month for it too. */
export const monthOf = ({ clock }: Deps): string => shanghaiDay(new Date(clock.business())).slice(0, 7)

export function describeUsage(deps: Deps) {
  const { usage } = deps.store.state.dingtalk
  const month = monthOf(deps)
  return { month, spent: spentIn(usage, month), quota: { ...settingsOf(deps).quota, dings: DINGS, ...usage.quota } }
}

/** Of DINGs the page gives no number. */
const DINGS = 50

/**
 * One paid call or one push (HTTP and Stream alike) of the month's quota [billing model]. `over`: there is none left; a call is
 * then refused, a push leaves without its content (errCode 20001). Record the facts with what was spent on.
 */
export function spend(deps: Deps, what: Metered): { facts: Fact[]; over: boolean } {
  const { month, spent, quota } = describeUsage(deps)
  if (spent[what] >= quota[what]) return { facts: [], over: true }
  return { facts: [{ type: 'ding-spent', what, month }], over: false }
}
