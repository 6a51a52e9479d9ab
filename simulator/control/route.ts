import type { z } from 'zod'
import type { Deps } from '../deps.js'
import type { Dingtalk } from '../dingtalk/start.js'
import type { Faults } from '../faults.js'
import type { Receipts } from '../sms/receipts.js'
import { hasLeft } from '../state/members.js'
import type { Fact } from '../state/state.js'
import type { ArchiveNotice } from '../wecom/archive-notice.js'
import type { Callbacks } from '../wecom/callbacks.js'
import type { Fields } from '../wecom/xml.js'
import { findPerson } from '../world.js'
import { ControlError } from './error.js'

export type Parts = {
  deps: Deps
  faults: Faults
  callbacks: Callbacks
  notice: ArchiveNotice
  receipts: Receipts
  dingtalk: Dingtalk | null
}
export type Route = (parts: Parts, input: { query: URLSearchParams; body: unknown }) => unknown

export const post =
  <T extends z.ZodType>(shape: T, run: (parts: Parts, body: z.infer<T>) => unknown): Route =>
  (parts, { body }) =>
    run(parts, shape.parse(body))

/** A member's userid as the world spells it. */
export const known = ({ deps }: Parts, id: string): string => {
  const person = findPerson(deps.world, id)
  if (!person) throw new ControlError(404, `no member ${id}`)
  return person.userid
}

/** A member whose client still shows the application. */
export const present = (parts: Parts, id: string): string => {
  const found = known(parts, id)
  const person = findPerson(parts.deps.world, found)
  if (person && hasLeft(parts.deps.store.state.members, person)) throw new ControlError(409, `${found} has left`)
  return found
}

/** Keeps what happened together with the callbacks that are owed for it, all of one instant, and sends them in their order. */
export async function happen({ deps, callbacks }: Parts, facts: Fact[], events: (Fields | null)[]): Promise<string[]> {
  const CreateTime = Math.floor(deps.clock.business() / 1000)
  const owed = events.flatMap((fields) => (fields ? [callbacks.prepare('app', { ...fields, CreateTime })] : []))
  await deps.store.record(...facts, ...owed)
  for (const { id } of owed) callbacks.send(id)
  return owed.map(({ id }) => id)
}
