import * as z from 'zod/mini'
import { heatReport } from '../../../../domain/heat/heat.contract.js'
import { leadBeside, leadView } from '../../../../domain/outside-quote/outside-quote.contract.js'
import { linkHealth } from '../../../../domain/quote-notice/blocked.contract.js'
import { request } from '../../request.js'

const seg = encodeURIComponent
const done = z.object({ done: z.boolean() })

export const getHeat = (weeks: number) => request(heatReport, `/api/heat?weeks=${weeks}`)
/** 我来打, 催一下. `requestId`: the same for the same tap, however often it is sent. */
export const actOnLead = (id: string, act: 'call' | 'nudge', requestId: string) =>
  request(done, `/api/heat/${seg(id)}/${act}`, { method: 'POST', body: { requestId } })

/** By the id of a 商机, or of its reminder. */
export const getLead = (id: string) => request(leadView, `/api/leads/${seg(id)}`)
export const getLeadBeside = (contactId: string) => request(leadBeside, `/api/chats/${seg(contactId)}/lead`)
export const getLinkHealth = () => request(linkHealth, '/api/quote-links')
type Tap = 'outside' | 'outside/undo' | 'outside/refuse' | 'invalid' | 'invalid/undo'
export const tapLead = (id: string, tap: Tap, body: { requestId: string } & Record<string, unknown>) =>
  request(leadView, `/api/leads/${seg(id)}/${tap}`, { method: 'POST', body })
