import { setBarred } from '../reach/set-barred.js'
import type { Work } from '../work.js'
import { askWhetherLeft } from './ask-whether-left.js'
import { leave } from './leave.js'

const AGAIN_MS = 30 * 60_000

/** As the platform tells it, whichever platform. */
type State = 'active' | 'disabled' | 'not-joined' | 'not-in-range' | 'left'
const barred: Partial<Record<State, string>> = {
  disabled: '企业微信账号停用了',
  'not-joined': '还没加入企业微信',
  'not-in-range': '不在应用可见范围',
}

/** Only who is gone has left; who can't be reached is somewhere, and their work stays theirs. */
export async function noteState(
  work: Work,
  personId: string,
  { state, attempt }: { state: State; attempt: number },
): Promise<void> {
  if (state === 'left') return void (await leave(work, personId))
  await setBarred(work, personId, barred[state] ?? null)
  // An event came, and yet they are there: perhaps the platform had not finished.
  if (state === 'active' && attempt === 1)
    await askWhetherLeft(work, personId, String(work.now.getTime()), {
      attempt: 2,
      notBefore: new Date(work.now.getTime() + AGAIN_MS),
    })
}
