import { blankDraft } from '../../domain/quote/prefill.js'
import type { DraftLine, QuoteDraft } from '../../domain/quote/quote.contract.js'
import { newId } from '../../lib/ids.js'

/** A line as the editor writes it. */
export const draftLine = (some: Partial<DraftLine> & { productId: string | null }): DraftLine => ({
  ...{ id: newId(), code: null, name: '产品', spec: null, unit: '个', qty: '1', price: '100', gift: false },
  ...{ note: null, params: [], pictureId: null },
  ...some,
})

/** A draft that may be sent as far as its terms go. */
export const writtenDraft = (lines: DraftLine[], some: Partial<QuoteDraft> = {}): QuoteDraft => ({
  ...blankDraft('报价', 15),
  lines,
  terms: { payment: '款到发货', delivery: '', other: '' },
  ...some,
})
