import * as z from 'zod/mini'
import { contactTagsAnswer } from '../../../../domain/follow/tags.contract.js'
import { request } from '../../request.js'

const seg = encodeURIComponent

/** 写进企业微信备注: what stood on the page, word for word, and nothing else. */
export const writeRemark = (contactId: string, body: { requestId: string; company: string | null; phoneIds: string[] }) =>
  request(z.unknown(), `/api/contacts/${seg(contactId)}/remark`, { method: 'POST', body })

/** 客户标签. `last`: the change whose end is asked about. */
export const getTags = (contactId: string, last: string | null) =>
  request(contactTagsAnswer, `/api/contacts/${seg(contactId)}/tags${last ? `?last=${last}` : ''}`).then((it) => it.tags)

export const setTags = (contactId: string, body: { requestId: string; add: string[]; remove: string[] }) =>
  request(z.unknown(), `/api/contacts/${seg(contactId)}/tags`, { method: 'POST', body })
