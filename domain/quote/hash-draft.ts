import { sha256 } from '../../lib/ids.js'
import { canonical } from '../audit/record.js'
import type { QuoteDraft } from './quote.contract.js'

/** What an approval is given for: another draft has another one. The same whatever order a database returns keys in. */
export const hashDraft = (draft: QuoteDraft): string => sha256(canonical(draft))
