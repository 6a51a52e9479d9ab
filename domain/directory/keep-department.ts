import type { Effects } from '../outbox.js'
import { laterAll } from '../outbox.js'
import type { Work } from '../work.js'
import { type DingtalkUser, keepUsers } from './keep-users.js'
import { renameTeams } from './rename-teams.js'

/** Departments begin one after the other. */
const APART_MS = 300
/** The company itself. */
const ROOT = 1

type Department = Effects['list-dingtalk-department']
type Read = {
  organisation: string
  below: { id: number; name: string }[]
  users: (DingtalkUser & { leaderOf: number[] })[]
}

/**
 * One department of DingTalk's: those below it are teams and are read next, its members stand in it. Whom nobody lists any
 * more has not left by that (decision 0010).
 */
export async function keepDepartment(work: Work, read: Department, { organisation, below, users }: Read): Promise<void> {
  const { run, department, name, leaders } = read
  const all = [{ id: department, name, parent: 0 }, ...below.map((one) => ({ ...one, parent: department }))]
  await renameTeams(work, organisation, all, 'dingtalk')
  const own = users.filter(({ leaderOf }) => leaderOf.includes(department)).map(({ userid }) => userid)
  const above = [...new Set([...own, ...leaders])]
  await laterAll(
    work,
    below.map((one, n) => ({
      kind: 'list-dingtalk-department' as const,
      key: `list-dingtalk-department:${run}:${one.id}`,
      lane: `dingtalk-directory:${run}:${one.id}`,
      payload: { run, department: one.id, name: one.name, leaders: above },
      notBefore: new Date(work.now.getTime() + (n + 1) * APART_MS),
    })),
  )
  // Whoever has several departments is placed by their own one alone.
  const here = users.filter(({ departments }) => (departments[0] ?? ROOT) === department)
  await keepUsers(work, { organisation, users: here, leaders: above })
}
