import type { Reader } from '../../../lib/db.js'
import { listVersions } from '../../rule/list-versions.js'
import { type Calm, defaultCalm } from '../calm.contract.js'
import { CALM_RULE, ladderRule, parseCalm, parseLadder } from '../policy.js'
import type { ReminderKind } from '../reminder-kind.js'
import { calmDifferences, ladderDifferences } from './differences.js'
import type { CalmHistory, Difference, LadderHistory } from './settings.contract.js'

/** Who changed what, newest first; the first version against what held before anybody set anything. */
export async function listLadderHistory(db: Reader, kind: ReminderKind): Promise<LadderHistory> {
  const versions = await listVersions(db, ladderRule(kind.name))
  const standing = { levels: kind.levels }
  return { versions: compared(versions, { read: parseLadder, standing, differ: (a, b) => ladderDifferences(kind, a, b) }) }
}

export async function listCalmHistory(db: Reader): Promise<CalmHistory> {
  const versions = await listVersions(db, CALM_RULE)
  return { versions: compared<Calm>(versions, { read: parseCalm, standing: defaultCalm, differ: calmDifferences }) }
}

type Version = Awaited<ReturnType<typeof listVersions>>[number]
type Means<T> = { read(value: unknown): T | null; standing: T; differ(before: T, after: T): Difference[] }

function compared<T>(versions: Version[], { read, standing, differ }: Means<T>) {
  return versions.map(({ version, value, by, at }, i) => {
    const before = versions[i + 1]
    // What no longer fits is not in force either: what holds without it is.
    return { version, by, at, value: read(value), changes: differ(read(before?.value) ?? standing, read(value) ?? standing) }
  })
}
