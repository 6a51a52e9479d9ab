import { customerNote, given, handoverPage } from '../../../../domain/handover/handover.contract.js'
import { request } from '../../request.js'

const of = (personId: string) => `/api/handovers/${encodeURIComponent(personId)}`

export const getHandover = (personId: string) => request(handoverPage, of(personId))
export const getNote = (personId: string, customerId: string) =>
  request(customerNote, `${of(personId)}/customers/${encodeURIComponent(customerId)}`)
export const giveCustomers = (personId: string, body: { requestId: string; customerIds: string[]; toId: string }) =>
  request(given, `${of(personId)}/give`, { method: 'POST', body })
export const takeBack = (personId: string, body: { requestId: string; batch: string }) =>
  request(given, `${of(personId)}/take-back`, { method: 'POST', body })
