import * as z from 'zod/mini'
import { chatStory, customerBrief } from '../../domain/customer/customer.contract.js'
import { type LabelInput, type PasteInput, pasteResult } from '../../domain/message/message.contract.js'
import {
  type AnswerInput,
  askPage,
  type CaptureInput,
  type CorrectInput,
  chainView,
  changeView,
} from '../../domain/requirement/requirement.contract.js'
import { request } from './request.js'

/** Every call the pages make, each read with its contract. Writes carry a request id, so that a retry does nothing twice. */

const badge = z.object({ me: z.string(), waiting: z.int() })
const oneChange = z.object({ change: changeView })
const customerList = z.object({ customers: z.array(customerBrief) })
const nothing = z.unknown()
const signature = z.object({ timestamp: z.coerce.string(), nonceStr: z.string(), signature: z.string() })
const jssdk = z.object({ corpId: z.string(), agentId: z.coerce.string(), corp: signature, agent: signature })

const seg = encodeURIComponent

export const getJssdk = (url: string) => request(jssdk, `/api/jssdk?url=${seg(url)}`)

export const findCustomers = (query: string, signal?: AbortSignal) =>
  request(customerList, `/api/customers?query=${seg(query)}`, signal ? { signal } : {}).then((it) => it.customers)

export const getStory = (contactId: string) => request(chatStory, `/api/chats/${seg(contactId)}`)

export const getStoryOf = (externalUserId: string) => request(chatStory, `/api/chats/by-external/${seg(externalUserId)}`)

/** What waits for whoever looks. */
export const getBadge = () => request(badge, '/api/badge')

/** Rings for the archive; what it brings arrives by the doorbell. */
export const pullChat = (contactId: string) => request(nothing, `/api/chats/${seg(contactId)}/pull`, { method: 'POST', body: {} })

export const pasteMessages = (body: PasteInput) => request(pasteResult, '/api/messages/paste', { method: 'POST', body })

export const labelMessage = (messageId: string, body: LabelInput) =>
  request(nothing, `/api/messages/${seg(messageId)}/label`, { method: 'POST', body })

export const recordNeed = (messageId: string, requestId: string) =>
  postChange(`/api/messages/${seg(messageId)}/need`, { requestId })

export const captureChange = (body: CaptureInput) => postChange('/api/captures', body)

export const undoChange = (changeId: string, requestId: string) => postChange(`/api/changes/${seg(changeId)}/undo`, { requestId })

export const correctChange = (changeId: string, body: CorrectInput) => postChange(`/api/changes/${seg(changeId)}/correct`, body)

export const tellReplySent = (changeId: string, body: { requestId: string; text: string }) =>
  postChange(`/api/changes/${seg(changeId)}/reply-sent`, body)

export const getChain = (requirementId: string) => request(chainView, `/api/requirements/${seg(requirementId)}`)

export const getAsk = (askId: string) => request(askPage, `/api/asks/${seg(askId)}`)

export type AnswerAction = 'confirm-can' | 'confirm-conditional' | 'confirm-cannot' | 'assess-no-impact' | 'assess-impact'

export const answerAsk = (askId: string, action: AnswerAction, body: AnswerInput) =>
  request(askPage, `/api/asks/${seg(askId)}/actions/${action}`, { method: 'POST', body })

async function postChange(path: string, body: unknown) {
  return (await request(oneChange, path, { method: 'POST', body })).change
}
