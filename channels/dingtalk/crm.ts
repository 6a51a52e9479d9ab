import * as z from 'zod'
import { parseJson } from '../parse-json.js'
import type { Dingtalk } from './client.js'

const path = '/v1.0/crm/personalCustomers'
const relations = { company: 'crm_customer', person: 'crm_customer_personal' } as const
export type CustomerKind = keyof typeof relations

const fields = z.record(z.string(), z.unknown())
const ids = z.array(z.string()).nullish()
const answer = z.object({
  instanceId: z.string().min(1),
  creatorUserId: z.string().nullish(),
  /** Some editions write it as text. */
  data: z.preprocess((value) => (typeof value === 'string' ? parseJson(value) : value), fields.nullish()),
  permission: z.object({ ownerStaffIds: ids, participantStaffIds: ids }).nullish(),
  gmtCreate: z.string().nullish(),
  gmtModified: z.string().nullish(),
})

/** A customer of DingTalk's own CRM. `data` is by the names of the form's fields: `customer_name`, … */
export type CrmCustomer = {
  instanceId: string
  data: Record<string, unknown>
  creator: string | null
  owners: string[]
  participants: string[]
  createdAt: Date | null
  modifiedAt: Date | null
}

const readCustomer = (customer: z.infer<typeof answer>): CrmCustomer => ({
  instanceId: customer.instanceId,
  data: customer.data ?? {},
  creator: customer.creatorUserId || null,
  owners: customer.permission?.ownerStaffIds ?? [],
  participants: customer.permission?.participantStaffIds ?? [],
  createdAt: readTime(customer.gmtCreate),
  modifiedAt: readTime(customer.gmtModified),
})

const listed = z.object({
  values: z.array(answer).nullish(),
  hasMore: z.boolean().default(false),
  nextToken: z.coerce.string().nullish(),
})

/**
 * Customers that `operator` may see, a hundred a call; `next` null: that was all. Each call is paid for.
 * https://open.dingtalk.com/document/development/obtains-crm-individual-customers-in-batches-based-on-specified-query
 */
export async function listCustomers(
  dingtalk: Dingtalk,
  { operator, cursor = null, kind = 'company' }: { operator: string; cursor?: string | null; kind?: CustomerKind },
): Promise<{ customers: CrmCustomer[]; next: string | null }> {
  const query = { currentOperatorUserId: operator, relationType: relations[kind], maxResults: '100' }
  const reply = await dingtalk.call('GET', path, { query: cursor ? { ...query, nextToken: cursor } : query })
  const { values, hasMore, nextToken } = listed.parse(reply)
  return { customers: (values ?? []).map(readCustomer), next: hasMore ? nextToken || null : null }
}

/** «2019-12-25 15:33:12», as Beijing's clocks say it, or ISO with its zone. */
function readTime(said: string | null | undefined): Date | null {
  if (!said) return null
  const at = new Date(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(said) ? `${said.replace(' ', 'T')}+08:00` : said)
  return Number.isNaN(at.getTime()) ? null : at
}
