import * as z from 'zod/mini'
import { mediaView } from '../message/media.contract.js'
import { callablePhone, callView } from './call.contract.js'

/** Beside a chat: numbers to call, calls of one's own that nobody told the end of, and the files of the last words. */
export const callsBeside = z.object({
  phones: z.array(callablePhone),
  mayAddPhone: z.boolean(),
  unsaid: z.array(callView),
  media: z.array(mediaView),
})
export type CallsBeside = z.infer<typeof callsBeside>
