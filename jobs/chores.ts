import { lookForDials } from '../domain/call/dial-window.js'
import { planBehaviour } from '../domain/checkup/plan-behaviour.js'
import { onceADay } from '../domain/chore.js'
import { lookForCustomers } from '../domain/crm/look.js'
import { lookAtDingtalk } from '../domain/directory/look-at-dingtalk.js'
import { lookDaily } from '../domain/directory/start-directory.js'
import { neverSynced, syncDaily } from '../domain/follow/start-sync.js'
import { forgetForwards } from '../domain/forward/forget-forwards.js'
import { sweepLeft } from '../domain/handover/sweep-left.js'
import { tellCold } from '../domain/heat/tell-cold.js'
import { forgetImports } from '../domain/import/forget-imports.js'
import { lookForDingtalkContacts } from '../domain/listed-contact/look.js'
import { lookForMissedEvents } from '../domain/missed-events/look.js'
import { later } from '../domain/outbox.js'
import { joinKnown, sweepJoined } from '../domain/person-join/join-known.js'
import { forgetProductImports } from '../domain/product-import/forget-product-imports.js'
import { tellBlocked } from '../domain/quote-notice/tell-blocked.js'
import type { Off } from '../domain/reach/judge-channel.js'
import { tellUnreachable } from '../domain/reach/tell-unreachable.js'
import { forgetTodos } from '../domain/todo/forget-todos.js'
import { type Deps, runWork, type Work } from '../domain/work.js'
import { shanghaiDay } from '../lib/format/dates.js'
import { newTrace } from '../lib/ids.js'
import { minuteOf } from '../lib/working-days.js'

/** Before the first cards of the day, and not on the hour. */
const LOOK_AT = 7 * 60 + 20
/** Nobody works yet: what no event told of is found before the day begins. */
const SYNC_AT = 5 * 60 + 40

type Connected = { wecom: object | null; dingtalk: { mode: 'stream' | 'http' } | null }

/** What is done once a day or a week, and what a rush left behind. Every worker looks; one of them does it. */
export async function doChores(deps: Deps, off: Off, { wecom, dingtalk }: Connected): Promise<void> {
  for (const chore of [
    sweepLeft,
    ...(wecom ? [lookForLeavers, lookForContacts, lookAtDirectory, lookForDials, planBehaviour] : []),
    forgetImports,
    forgetProductImports,
    forgetForwards,
    forgetTodos,
    (work: Work) => tellUnreachable(work, off),
    tellCold,
    tellBlocked,
    sweepJoined,
    ...(dingtalk ? [lookAtDingtalkDirectory, lookForDingtalkContacts, lookForCustomers, joinKnown] : []),
    ...(dingtalk?.mode === 'http' ? [lookForMissedEvents] : []),
  ])
    await runWork(deps, newTrace(), async (work) => void (await chore(work)))
}

async function lookForLeavers(work: Work): Promise<void> {
  const day = shanghaiDay(work.now)
  if (minuteOf(work.now) < LOOK_AT || !(await onceADay(work, 'leavers', day))) return
  await later(work, { kind: 'fetch-unassigned', key: `fetch-unassigned:${day}`, lane: 'members', payload: { day } })
}

/** At once where nobody has ever looked: an organisation that connects has its customers within minutes. */
async function lookForContacts(work: Work): Promise<void> {
  if (minuteOf(work.now) < SYNC_AT && !(await neverSynced(work))) return
  await syncDaily(work, shanghaiDay(work.now))
}

/** Teams and managers follow the company's directory. */
async function lookAtDirectory(work: Work): Promise<void> {
  if (minuteOf(work.now) >= SYNC_AT) await lookDaily(work, shanghaiDay(work.now))
}

/** At once where nobody has ever looked. */
const lookAtDingtalkDirectory = (work: Work): Promise<void> => lookAtDingtalk(work, { early: minuteOf(work.now) < SYNC_AT })
