import * as z from 'zod/mini'
import { firstContactView } from '../first-contact/first-contact.contract.js'
import { sameContacts } from './merge.contract.js'

/** What could be written into the rep's remark on the platform: only where it is empty there, word for word. */
export const remarkOffer = z.object({
  company: z.nullable(z.string()),
  /** Those that would be new; what stands there already stays. */
  phones: z.array(z.object({ id: z.string(), number: z.string() })),
})
export type RemarkOffer = z.infer<typeof remarkOffer>

/** Beside a chat: a new contact that waits, somebody they may be, and what WeCom's remark could learn. */
export const contactBeside = z.object({
  firstContact: z.nullable(firstContactView),
  same: sameContacts,
  remark: z.nullable(remarkOffer),
})
export type ContactBeside = z.infer<typeof contactBeside>

export const remarkInput = z.object({
  requestId: z.uuid(),
  company: z.nullable(z.string().check(z.maxLength(100))),
  phoneIds: z.array(z.uuid()).check(z.maxLength(5)),
})
