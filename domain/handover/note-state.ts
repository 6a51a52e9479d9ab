import { type ChatPlatform, platformLabel } from '../person/person.contract.js'
import { setBarred } from '../reach/set-barred.js'
import type { Work } from '../work.js'
import { askWhetherLeft } from './ask-whether-left.js'
import { leave } from './leave.js'

const AGAIN_MS = 30 * 60_000

/** As a platform tells it, whichever platform. */
export type MemberState = 'active' | 'disabled' | 'not-joined' | 'not-in-range' | 'left'
const barred: Partial<Record<MemberState, (platform: string) => string>> = {
  disabled: (platform) => `${platform}账号停用了`,
  'not-joined': (platform) => `还没加入${platform}`,
  'not-in-range': () => '不在应用可见范围',
  left: (platform) => `${platform}通讯录里没有这个人了`,
}

type Told = { states: { platform: ChatPlatform; state: MemberState }[]; attempt: number }

/**
 * Only who is gone everywhere has left; who can't be reached is somewhere, and their work stays theirs. Where one of two
 * platforms has lost them, the other is written to.
 */
export async function noteState(work: Work, personId: string, { states, attempt }: Told): Promise<void> {
  if (states.every(({ state }) => state === 'left')) return void (await leave(work, personId))
  for (const { platform, state } of states) {
    await setBarred(work, personId, barred[state]?.(platformLabel[platform]) ?? null, platform)
    if (state === 'left') await work.tx.person.updateMany({ where: { id: personId, prefers: platform }, data: { prefers: null } })
  }
  // An event came, and yet they are there: perhaps the platform had not finished.
  if (states.every(({ state }) => state === 'active') && attempt === 1)
    await askWhetherLeft(work, personId, String(work.now.getTime()), {
      attempt: 2,
      notBefore: new Date(work.now.getTime() + AGAIN_MS),
    })
}
