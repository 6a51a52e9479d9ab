import * as z from 'zod/mini'
import { productHits } from '../../../../domain/product/product.contract.js'
import {
  differences,
  draftCheck,
  type Instalments,
  type QuoteDraft,
  quoteLink,
  quoteList,
  quoteView,
} from '../../../../domain/quote/quote.contract.js'
import { request } from '../../request.js'
import { newRequestId } from '../../request-id.js'

const seg = encodeURIComponent
const post = <T extends z.ZodMiniType>(shape: T, path: string, body: object = {}) =>
  request(shape, path, { method: 'POST', body: { requestId: newRequestId(), ...body } })

export const listQuotes = (customerId: string) => request(quoteList, `/api/customers/${seg(customerId)}/quotes`)
export const getQuote = (id: string) => request(quoteView, `/api/quotes/${seg(id)}`)
export const findProducts = (query: string, signal?: AbortSignal) =>
  request(productHits, `/api/products/search?query=${seg(query)}`, signal ? { signal } : {}).then((it) => it.products)
export const pictureOf = (id: string) => `/api/products/pictures/${seg(id)}?size=small`

export type Start = {
  requestId: string
  customerId: string | null
  contactId?: string
  requirementId?: string
  fromQuoteId?: string
}
export const startQuote = (start: Start) => post(quoteView, '/api/quotes', start)
export const saveDraft = (id: string, body: { requestId: string; rev: number; draft: QuoteDraft }) =>
  post(quoteView, `/api/quotes/${seg(id)}/draft`, body)
export const checkDraft = (id: string, draft: QuoteDraft) =>
  request(draftCheck, `/api/quotes/${seg(id)}/check`, { method: 'POST', body: { draft } })
/** A new draft, out of the newest version. */
export const reopenQuote = (id: string, requestId: string) => post(quoteView, `/api/quotes/${seg(id)}/edit`, { requestId })
export const dropDraft = (id: string) => post(z.unknown(), `/api/quotes/${seg(id)}/drop`)
export const sendQuote = (id: string, body: { requestId: string; rev: number }) =>
  post(quoteView, `/api/quotes/${seg(id)}/send`, body)
export const askApproval = (id: string, body: { requestId: string; rev: number; note: string | null }) =>
  post(quoteView, `/api/quotes/${seg(id)}/approval`, body)
export const decideApproval = (
  id: string,
  action: 'approve-quote' | 'refuse-quote',
  body: { requestId: string; note: string | null; instalments?: Instalments | null },
) => post(quoteView, `/api/quotes/approvals/${seg(id)}/actions/${action}`, body)

export const getLink = (id: string, version: number) => request(quoteLink, `/api/quotes/${seg(id)}/link?version=${version}`)
export const renewLink = (id: string, version: number) => post(quoteLink, `/api/quotes/${seg(id)}/link/renew`, { version })
export type How = 'chat' | 'copy' | 'qr' | 'pdf'
export const noteGiven = (id: string, version: number, how: How) =>
  post(z.unknown(), `/api/quotes/${seg(id)}/given`, { version, how })
export const withdrawQuote = (id: string, requestId: string, words: string | null) =>
  post(quoteView, `/api/quotes/${seg(id)}/withdraw`, { requestId, words })
export const getDifference = (id: string, from: number, to: number) =>
  request(differences, `/api/quotes/${seg(id)}/diff?from=${from}&to=${to}`).then((it) => it.lines)
export const replyTo = (answerId: string, requestId: string, words: string) =>
  post(quoteView, `/api/quotes/answers/${seg(answerId)}/reply`, { requestId, words })
export const makeContract = (id: string, requestId: string) => post(quoteView, `/api/quotes/${seg(id)}/contract`, { requestId })
export const fileOf = (id: string) => `/api/quotes/files/${seg(id)}`
