import * as z from 'zod'
import type { Dingtalk } from './client.js'

const answer = z.object({
  result: z
    .array(
      z.object({
        dept_id: z.coerce.number().int(),
        name: z.string().default(''),
        parent_id: z.coerce.number().int().nullish(),
      }),
    )
    .nullish(),
})

export type Department = { id: number; name: string; parent: number | null }

/**
 * The departments right below one. https://open.dingtalk.com/document/development/user-management-acquires-the-list-departments
 */
export async function listDepartments(dingtalk: Dingtalk, parent: number): Promise<Department[]> {
  const call = { body: { dept_id: parent }, free: true, reads: true }
  const { result } = answer.parse(await dingtalk.oapi('topapi/v2/department/listsub', call))
  return (result ?? []).map(({ dept_id, name, parent_id }) => ({ id: dept_id, name, parent: parent_id ?? null }))
}
