import * as z from 'zod'
import { orNull } from './absent.js'
import type { Dingtalk } from './client.js'

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')
const answer = z.object({
  userid: z.string().min(1),
  name: text,
  mobile: text,
  state_code: z.coerce.string().nullish(),
  title: text,
  company_name: text,
  address: text,
  email: text,
  remark: text,
  follower_user_id: text,
  share_user_ids: z.array(z.string()).nullish(),
  share_dept_ids: z.array(z.coerce.number().int()).nullish(),
  label_ids: z.array(z.coerce.number().int()).nullish(),
})

/** Somebody of a customer's, as our people keep them in DingTalk. Empty text: nobody wrote any. */
export type ExternalContact = {
  userid: string
  name: string
  mobile: string | null
  /** «86» */
  stateCode: string
  title: string
  company: string
  address: string
  email: string
  remark: string
  /** The member who looks after them. */
  follower: string | null
  sharedWith: string[]
  sharedWithDepartments: number[]
  labels: number[]
}

const readContact = (contact: z.infer<typeof answer>): ExternalContact => ({
  userid: contact.userid,
  name: contact.name,
  mobile: contact.mobile || null,
  stateCode: contact.state_code || '86',
  title: contact.title,
  company: contact.company_name,
  address: contact.address,
  email: contact.email,
  remark: contact.remark,
  follower: contact.follower_user_id || null,
  sharedWith: contact.share_user_ids ?? [],
  sharedWithDepartments: contact.share_dept_ids ?? [],
  labels: contact.label_ids ?? [],
})

/**
 * External contacts, at most a hundred a call. No event tells an internal app of them: the list is read now and then. `more`:
 * the page was full. https://open.dingtalk.com/document/development/obtain-the-external-contact-list
 */
export async function listExternalContacts(
  dingtalk: Dingtalk,
  { offset, size = 100 }: { offset: number; size?: number },
): Promise<{ contacts: ExternalContact[]; more: boolean }> {
  const reply = await dingtalk.oapi('topapi/extcontact/list', { body: { offset, size }, free: true, reads: true })
  const { results } = z.object({ results: z.array(answer).nullish() }).parse(reply)
  const contacts = (results ?? []).map(readContact)
  return { contacts, more: contacts.length >= size }
}

/**
 * One of them; null when there is none of that userid (any more).
 * https://open.dingtalk.com/document/development/obtains-the-external-contact-details-of-an-enterprise
 */
export async function getExternalContact(dingtalk: Dingtalk, userid: string): Promise<ExternalContact | null> {
  const call = { body: { user_id: userid }, free: true, reads: true }
  const reply = await orNull(dingtalk.oapi('topapi/extcontact/get', call))
  return reply && readContact(z.object({ result: answer }).parse(reply).result)
}
