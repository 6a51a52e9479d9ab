import type { Reader } from '../../../lib/db.js'
import { findPolicy } from '../policy.js'
import { calmLines } from './calm-words.js'
import { checkCalm } from './check-calm.js'
import { calmDifferences } from './differences.js'
import type { CalmDraft, CalmPreview } from './settings.contract.js'

export async function previewCalm(db: Reader, draft: CalmDraft): Promise<CalmPreview> {
  const policy = await findPolicy(db)
  return { problems: checkCalm(draft), changes: calmDifferences(policy.calm, draft), lines: calmLines(draft) }
}
