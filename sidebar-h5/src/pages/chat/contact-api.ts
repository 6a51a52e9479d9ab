import * as z from 'zod/mini'
import { request } from '../../request.js'

const seg = encodeURIComponent

/** 写进企业微信备注: what stood on the page, word for word, and nothing else. */
export const writeRemark = (contactId: string, body: { requestId: string; company: string | null; phoneIds: string[] }) =>
  request(z.unknown(), `/api/contacts/${seg(contactId)}/remark`, { method: 'POST', body })
