import { type QuotePolicy, quotePolicyHistory, quotePolicyPage } from '../../../../domain/rule/quote-policy.contract.js'
import { request } from '../../request.js'
import { newRequestId } from '../../request-id.js'

const ROOT = '/api/settings/quote-policy'

export const getPolicy = () => request(quotePolicyPage, ROOT)
export const getPolicyHistory = () => request(quotePolicyHistory, `${ROOT}/history`).then((it) => it.versions)
/** `expected`: the version that its author saw. */
export const setPolicy = (expected: number, value: QuotePolicy) =>
  request(quotePolicyPage, ROOT, { method: 'POST', body: { requestId: newRequestId(), expected, value } })
