import type { Meter } from '../domain/budget/create-meter.js'
import { lookAtBudget, type Quota } from '../domain/budget/look-at-budget.js'
import { type Deps, runWork } from '../domain/work.js'
import { newTrace } from '../lib/ids.js'

/** How the month's quota of DingTalk stands, with what this worker has used until now. */
export const createBudgetWatch =
  ({ meter, ...deps }: Deps & { meter: Meter }, quota: Quota) =>
  async (): Promise<void> => {
    await meter.flush()
    await runWork(deps, newTrace(), (work) => lookAtBudget(work, { quota, machineNow: deps.clock.machineNow() }))
  }
