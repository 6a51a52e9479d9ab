import type { Reader } from '../../lib/db.js'
import { findChats } from '../person/find-chats.js'
import { type Saved, savedLabel } from './budget.contract.js'
import { findStanding } from './standing.js'

/** Of these, who is written to in DingTalk while its calls are short. */
export async function findThrifty(db: Reader, personIds: string[]): Promise<Set<string>> {
  if (personIds.length < 2) return new Set()
  const { states } = await findStanding(db)
  const isShort = states.some(({ what, state }) => what === 'call' && (state === 'short' || state === 'used-up'))
  if (!isShort) return new Set()
  const chats = await findChats(db, personIds)
  return new Set(personIds.filter((id) => chats.get(id)?.[0] === 'dingtalk'))
}

/** Why this is left out for now; null: it is not. */
export async function whySaved(db: Reader, what: Saved): Promise<string | null> {
  return (await findStanding(db)).saved.includes(what) ? `钉钉本月额度紧张，先不发${savedLabel[what]}` : null
}
