import { type Outcome, refuse } from '../answer.js'

/** One page of a list behind an opaque cursor; an empty `next` ends it. */
export type Page<T> = { rows: T[]; next: string }

const write = (at: number) => Buffer.from(`at:${at}`).toString('base64url')

export function cutPage<T>(all: T[], cursor: unknown, size: number): Page<T> | Outcome {
  const from = read(cursor)
  if (from === null) return refuse(40058, 'invalid cursor')
  const end = from + size
  return { rows: all.slice(from, end), next: end < all.length ? write(end) : '' }
}

function read(cursor: unknown): number | null {
  if (cursor === undefined || cursor === null || cursor === '') return 0
  const found = /^at:(\d+)$/.exec(Buffer.from(String(cursor), 'base64url').toString())
  return found ? Number(found[1]) : null
}
