import { laterAll } from '../outbox.js'
import { ensurePersons } from '../person/ensure-persons.js'
import type { Work } from '../work.js'
import type { Department } from './department.js'
import { renameTeams } from './rename-teams.js'

type Found = { run: string; organisation: string; departments: Department[]; visible: string[] }

/** Departments begin one after the other. */
const APART_MS = 300

/**
 * Each department is read by itself, with all that its members need of the others: its name, and who leads it, nearest first.
 * So it makes no difference which is read when. Whom the app is shown to by name is met here; their profile says the rest.
 */
export async function spreadDirectory(work: Work, { run, organisation, departments, visible }: Found): Promise<void> {
  await renameTeams(work, organisation, departments)
  await ensurePersons(work, { platform: 'wecom', organisation, kind: 'member' }, visible)
  await laterAll(
    work,
    departments.map((department, n) => ({
      kind: 'list-members' as const,
      key: `list-members:${run}:${department.id}`,
      lane: `directory:${run}:${department.id}`,
      payload: { run, department: department.id, leaders: leadersAbove(departments, department) },
      notBefore: new Date(work.now.getTime() + n * APART_MS),
    })),
  )
}

/** Its own leaders, then those of the department above, and so on. A directory that turns in a circle ends. */
export function leadersAbove(departments: Department[], from: Department): string[] {
  const leaders: string[] = []
  const seen = new Set<number>()
  for (let at: Department | undefined = from; at && !seen.has(at.id); at = departments.find((one) => one.id === at?.parent)) {
    seen.add(at.id)
    leaders.push(...at.leaders)
  }
  return [...new Set(leaders)]
}
