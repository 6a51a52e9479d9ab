import * as z from 'zod/mini'
import { pasteResult } from '../message/message.contract.js'

/** Whose words these may be: one of a customer's people, or somebody new who is of no customer's yet. */
export const likelySpeaker = z.object({
  contactId: z.string(),
  contactName: z.string(),
  customer: z.nullable(z.object({ id: z.string(), name: z.string() })),
})
export type LikelySpeaker = z.infer<typeof likelySpeaker>

/** Words of a customer's that came without their customer: forwarded to the robot, or pasted before one was chosen. */
export const forwardBrief = z.object({ id: z.string(), text: z.string(), at: z.string() })
export type ForwardBrief = z.infer<typeof forwardBrief>
export const forwardList = z.object({ forwards: z.array(forwardBrief) })

export const forwardView = z.extend(forwardBrief, {
  /** Recorded already, and with whom is no secret of this page: it just says so. */
  used: z.boolean(),
  likely: z.array(likelySpeaker),
})
export type ForwardView = z.infer<typeof forwardView>

export const newForward = z.object({ requestId: z.uuid(), text: z.string().check(z.trim(), z.minLength(1), z.maxLength(8000)) })

/** This one said it, or somebody of this customer's: then whoever of them spoke last. */
export const useForwardInput = z.object({
  requestId: z.uuid(),
  customerId: z.optional(z.uuid()),
  contactId: z.optional(z.uuid()),
  customerNames: z.optional(z.array(z.string().check(z.maxLength(60))).check(z.maxLength(20))),
})
export type UseForwardInput = z.infer<typeof useForwardInput>

/** `contactId`: whose chat to open, with the capture of these messages. */
export const usedForward = z.object({ contactId: z.string(), result: pasteResult })
