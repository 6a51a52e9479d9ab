import { listOf } from '../channels/dingtalk/fields.js'
import { findPersonId } from '../domain/person/identify.js'
import type { Ctx } from './define.js'

/** Those of the members whom an event of DingTalk's directory names that we know: one, or several at once. */
export async function readStaff({ work, organisation }: Ctx, data: Record<string, unknown>): Promise<string[]> {
  const found: string[] = []
  for (const value of listOf(data, 'userId')) {
    const personId = await findPersonId(work, { platform: 'dingtalk', organisation, kind: 'member', value })
    if (personId) found.push(personId)
  }
  return found
}
