import type { Work } from '../work.js'

/** What the robot has to name when it speaks there; null: our 酷应用 is not in the group any more. */
export async function setCoolApp(work: Work, groupId: string, coolAppCode: string | null): Promise<void> {
  // One that has it stands, whatever was told of it before.
  const stands = coolAppCode === null ? {} : { dismissedAt: null }
  await work.tx.group.update({ where: { id: groupId }, data: { coolAppCode, ...stands } })
}
