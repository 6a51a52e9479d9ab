import * as z from 'zod/mini'
import { request } from '../request.js'

const signed = z.object({
  agentId: z.coerce.string(),
  corpId: z.string(),
  timeStamp: z.coerce.string(),
  nonceStr: z.string(),
  signature: z.string(),
})
export type Signed = z.infer<typeof signed>

export const getSignature = (url: string) => request(signed, `/api/dingtalk/jsapi?url=${encodeURIComponent(url)}`)
