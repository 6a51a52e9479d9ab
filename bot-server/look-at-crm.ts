import { fieldOf } from '../channels/dingtalk/fields.js'
import { findHolder } from '../domain/crm/find-holder.js'
import { lookAtCustomersOf } from '../domain/crm/look.js'
import type { Ctx } from './define.js'

/**
 * A customer of 钉钉 CRM was put in or changed. The event names the row and not always who did it; then it is theirs by whom
 * we saw it last. A new one that names nobody waits for the hourly look.
 */
export async function lookAtCrm({ work, organisation }: Ctx, data: Record<string, unknown>): Promise<void> {
  if (!fieldOf(data, 'objectType').startsWith('crm_customer')) return
  const value = fieldOf(data, 'dataId') || fieldOf(data, 'instanceId')
  const operator = fieldOf(data, 'operatorUserId') || (await findHolder(work, organisation, value))
  if (operator) await lookAtCustomersOf(work, operator)
}
