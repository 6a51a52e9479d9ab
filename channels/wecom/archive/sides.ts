import type { ArchiveRecord } from './record.js'

export type Sides = { member: string; external: string; speaker: 'customer' | 'rep' }

/** An external_userid: `wo` or `wm` and, on the real platform, thirty characters more. */
const external = /^w[om][A-Za-z0-9_-]+$/
const fullLength = 32

/**
 * Who of ours speaks with whom outside, in a chat of two; null for a group, a chat among colleagues, a robot.
 * A colleague may be called `wolong` too: then the full length decides.
 */
export function sidesOf(record: ArchiveRecord): Sides | null {
  const [to, ...others] = record.to
  if (record.roomid !== '' || record.from === '' || to === undefined || others.length > 0) return null
  const fromOutside = isExternal(record.from, to)
  if (fromOutside === isExternal(to, record.from)) return null
  return fromOutside
    ? { member: to, external: record.from, speaker: 'customer' }
    : { member: record.from, external: to, speaker: 'rep' }
}

/**
 * Whether somebody in a group is no member of ours. There is no other side to compare with, so a colleague called `wolong`
 * is told by the length alone; the stand-in's ids are shorter, and have a capital letter behind the prefix.
 */
export const isOutside = (id: string): boolean => external.test(id) && (id.length === fullLength || /^w[om][A-Z]/.test(id))

function isExternal(id: string, other: string): boolean {
  return external.test(id) && (!external.test(other) || (id.length === fullLength && other.length !== fullLength))
}
