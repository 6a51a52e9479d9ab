import { firstContactList, firstContactView } from '../../../../domain/first-contact/first-contact.contract.js'
import { type EditInput, type MakeInput, opportunityView } from '../../../../domain/opportunity/opportunity.contract.js'
import { request } from '../../request.js'

/** The calls of 新客户, each read with its contract. Apart from api.ts: no first picture needs them. */

const seg = encodeURIComponent

export const getFirstContacts = (after: string | null = null) =>
  request(firstContactList, `/api/first-contacts${after ? `?after=${seg(after)}` : ''}`)

/** 建商机, 不是客户, 加入, 先养着, 不是 (of a proposal), 撤销. */
export type Act = 'opportunity' | 'not-customer' | 'join' | 'nurture' | 'refuse' | 'undo'

export const actOnContact = (id: string, act: Act, body: { requestId: string; customerId?: string; until?: string }) =>
  request(firstContactView, `/api/first-contacts/${seg(id)}/${act}`, { method: 'POST', body })

/** 建商机 with what was changed before the tap. */
export const makeOpportunity = (id: string, body: MakeInput) =>
  request(firstContactView, `/api/first-contacts/${seg(id)}/opportunity`, { method: 'POST', body })

export const editOpportunity = (id: string, body: EditInput) =>
  request(opportunityView, `/api/opportunities/${seg(id)}`, { method: 'POST', body })
