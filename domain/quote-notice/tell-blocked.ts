import { shanghaiDay } from '../../lib/format/dates.js'
import { minuteOf } from '../../lib/working-days.js'
import { onceADay } from '../chore.js'
import { mondayOf } from '../heat/find-leads.js'
import { tellAdministrators } from '../person/tell-administrators.js'
import { isQuiet } from '../reminders/calm.js'
import { findPolicy } from '../reminders/policy.js'
import type { Work } from '../work.js'
import { blockedWords, findBlocked } from './find-blocked.js'

/** Past the rush of the morning, and not on the hour. */
const TEN_TEN = 10 * 60 + 10

/** Looked at once a day; where links seem to be stopped, the administrators hear of it, once a week. */
export async function tellBlocked(work: Work): Promise<boolean> {
  const { calm } = await findPolicy(work.tx)
  if (minuteOf(work.now) < TEN_TEN || isQuiet(work.now, calm)) return false
  if (!(await onceADay(work, 'quote-links', shanghaiDay(work.now)))) return false
  const blocked = await findBlocked(work.tx, work.now)
  if (!blocked) return false
  const text = `${blockedWords(blocked)}。用手机微信打开一份试试；要是提示无法访问，给报价换一个单独备案的域名（QUOTE_URL），这几天先发 PDF。`
  await tellAdministrators(work, { key: `quote-links:${mondayOf(work.now)}`, text })
  return true
}
