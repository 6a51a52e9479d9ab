import type { Reader } from '../../lib/db.js'
import { findRule } from '../rule/rule.js'
import { type Calm, calm, defaultCalm } from './calm.contract.js'

/** The calm in force, for the kinds themselves: policy.ts knows all kinds, so that none of them may import it. */
export async function findCalm(db: Reader): Promise<Calm> {
  const parsed = calm.safeParse(await findRule(db, 'calm'))
  return parsed.success ? parsed.data : defaultCalm
}
