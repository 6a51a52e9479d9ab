import * as z from 'zod/mini'
import { duplicateList, mergeDone, mergePreview } from '../../../../domain/contact/merge.contract.js'
import { request } from '../../request.js'

const seg = encodeURIComponent

export const previewMerge = (a: string, b: string, winner: string | null) =>
  request(mergePreview, `/api/contacts/${seg(a)}/merge/${seg(b)}${winner ? `?winner=${seg(winner)}` : ''}`)

export const mergeContacts = (body: { requestId: string; a: string; b: string; winner: string | null }) =>
  request(mergeDone, '/api/merges', { method: 'POST', body })

export const undoMerge = (mergeId: string, requestId: string) =>
  request(z.unknown(), `/api/merges/${seg(mergeId)}/undo`, { method: 'POST', body: { requestId } })

export const getDuplicates = (show: 'open' | 'apart', after: string | null = null) =>
  request(duplicateList, `/api/duplicates?${new URLSearchParams({ show, ...(after ? { after } : {}) })}`)

export const undoApart = (body: { requestId: string; a: string; b: string }) =>
  request(z.unknown(), '/api/contacts/apart/undo', { method: 'POST', body })

export const keepApart = (body: { requestId: string; a: string; b: string }) =>
  request(z.unknown(), '/api/contacts/apart', { method: 'POST', body })
