import * as z from 'zod/mini'
import { changeType, messageView, slot } from '../message/message.contract.js'
import { me } from '../person/person.contract.js'
import { changeView, requirementBrief } from '../requirement/requirement.contract.js'
import { silence } from '../silence/silence.contract.js'
import { remindedEntry } from './reminded.contract.js'

export const customerBrief = z.object({
  id: z.string(),
  name: z.string(),
  productLine: z.nullable(z.string()),
  owner: z.string(),
  /** The contact whose chat opens when the customer is picked. */
  contactId: z.nullable(z.string()),
  contactName: z.nullable(z.string()),
  openChanges: z.int(),
  lastSaidAt: z.nullable(z.string()),
})
export type CustomerBrief = z.infer<typeof customerBrief>

/** Everything that the sidebar shows beside one chat. */
export const chatStory = z.object({
  /** Changes whenever anything below did. */
  version: z.string(),
  me,
  contact: z.object({ id: z.string(), name: z.string(), externalUserId: z.nullable(z.string()) }),
  customer: z.nullable(z.object({ id: z.string(), name: z.string(), productLine: z.nullable(z.string()) })),
  /** How chat reaches us here: `archive` when 会话内容存档 is on and the customer agreed. */
  hears: z.enum(['archive', 'no-consent', 'paste-only']),
  /** The last three that the customer said, oldest first, and the rep's words between them. */
  messages: z.array(messageView),
  requirements: z.array(requirementBrief),
  /** The customer's, and only while it lasts; always null where the archive doesn't hear them. */
  silence: z.nullable(silence),
  /** What the capture sheet opens with. */
  suggestion: z.object({
    messageIds: z.array(z.string()),
    types: z.array(changeType),
    requirementId: z.nullable(z.string()),
    slots: z.array(slot),
    score: z.number(),
  }),
  /** Newest first: the changes of all requirements that are still moving, and the last settled ones. */
  changes: z.array(changeView),
  /** Newest first: what was reminded, told upwards, taken on and handed over. */
  reminded: z.array(remindedEntry),
  /** What waits for whoever looks, in all: the number on the entry to their list. */
  waiting: z.int(),
  /** A customer group: `contact` is then who spoke last of those outside. */
  group: z.optional(z.object({ id: z.string(), name: z.string() })),
  /** `contactBeside`, read by the block that shows it: most chats have none of it. */
  beside: z.optional(z.unknown()),
})
export type ChatStory = z.infer<typeof chatStory>
