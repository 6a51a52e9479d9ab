import { chatStory } from '../../../../domain/customer/customer.contract.js'
import { groupView } from '../../../../domain/group/group.contract.js'
import { request } from '../../request.js'

const seg = encodeURIComponent

/** The group that stands beside the page, by the platform's id. */
export const getGroup = (chatId: string) => request(groupView, `/api/groups/by-chat/${seg(chatId)}`)

export const getGroupStory = (id: string) => request(chatStory, `/api/groups/${seg(id)}/story`)

export const tieGroup = (id: string, body: { requestId: string; customerId: string }) =>
  request(groupView, `/api/groups/${seg(id)}/tie`, { method: 'POST', body })

export const untieGroup = (id: string, requestId: string) =>
  request(groupView, `/api/groups/${seg(id)}/untie`, { method: 'POST', body: { requestId } })
