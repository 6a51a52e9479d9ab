import { tidy } from '../../lib/tidy.js'
import type { Work } from '../work.js'

export async function renameGroup(work: Work, groupId: string, told: string): Promise<void> {
  const name = tidy(told).trim()
  if (!name) return
  const { count } = await work.tx.group.updateMany({ where: { id: groupId, name: { not: name } }, data: { name } })
  if (count > 0) work.touched.add(`group:${groupId}`)
}
