import * as z from 'zod/mini'
import type { Prisma } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import type { Secrets } from '../../lib/secret.js'
import type { Actor } from '../person/actor.js'
import { columns, type ImportState } from './import.contract.js'

/** What stands in `customer_import.headers`. */
export const headers = z.object({ sheet: z.nullable(z.string()), firstLine: z.int(), names: z.array(z.string()) })
/** What stands in `customer_import.mapping`: what somebody chose, and what came of it at the last look. */
export const mapping = z.object({
  columns,
  owners: z.record(z.string(), z.string()),
  defaultOwnerId: z.string(),
  plan: z.object({ newCustomers: z.int() }),
  /** Names in the column 归属 that aren't exactly one colleague → rows. */
  strangers: z.record(z.string(), z.int()),
})
export type Mapping = z.infer<typeof mapping>

const sealedCells = z.object({ sealed: z.string() })

/** A line as the file had it. Sealed as a whole: in a list of somebody else's making a phone may stand in any column. */
export const sealCells = (secrets: Secrets, cells: string[]): Prisma.InputJsonObject => ({
  sealed: secrets.seal(JSON.stringify(cells)),
})

export function openCells(secrets: Secrets, kept: unknown): string[] {
  const parsed = sealedCells.safeParse(kept)
  // What was taken in is erased.
  return parsed.success ? z.array(z.string()).parse(JSON.parse(secrets.open(parsed.data.sealed))) : []
}

/** Lists of customers are brought by managers and administrators, who see all customers anyway. */
export const maySeeImports = (actor: Actor) => actor.roles.includes('manager') || actor.roles.includes('admin')

/** What was started can't be changed any more, nor what was dropped. */
export function assertState(state: string, states: ImportState[]): void {
  if (states.some((one) => one === state)) return
  throw new Refused('wrong-state', state === 'dropped' ? '这次导入已经作废' : '已经开始导入，不能再改了', 409)
}
