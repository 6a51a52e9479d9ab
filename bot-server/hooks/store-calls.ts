import type { CallSource } from '../../domain/call/call.contract.js'
import type { PhoneCall } from '../../domain/call/phone-call.js'
import { sha256 } from '../../lib/ids.js'
import type { StoreInbox } from '../callbacks/store-inbox.js'

type Needs = { store: StoreInbox; trace: string; source: Extract<CallSource, 'hook' | 'csv'> }

/**
 * Puts calls into the inbox, each a row of its own: who they are with is thought about later. The same words again are the
 * same row; what a phone system tells later of the same call (its recording) is a row behind it in the call's lane.
 * Resolves after the commit, with how many are new and which lanes to ring.
 */
export async function storeCalls(
  calls: PhoneCall[],
  { store, trace, source }: Needs,
): Promise<{ fresh: number; lanes: string[] }> {
  const rows = calls.map((call) => {
    const body = JSON.stringify({ ...call, source })
    return { key: `calls:${sha256(body)}`, source: 'calls', lane: `calls:${sha256(call.id).slice(0, 24)}`, body, trace }
  })
  const fresh = await Promise.all(rows.map((row) => store(row)))
  const lanes = rows.filter((_, i) => fresh[i]).map((row) => row.lane)
  return { fresh: lanes.length, lanes: [...new Set(lanes)] }
}
