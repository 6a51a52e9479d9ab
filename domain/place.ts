import type * as z from 'zod/mini'
import { Refused } from '../lib/errors.js'

/** Where a page of a list ended, as the browser carries it: it gives it back for the rows that follow. */
export const writePlace = (place: (string | number)[]): string => Buffer.from(JSON.stringify(place)).toString('base64url')

export function readPlace<T extends z.ZodMiniType>(shape: T, after: string): z.output<T> {
  try {
    return shape.parse(JSON.parse(Buffer.from(after, 'base64url').toString()))
  } catch {
    throw new Refused('bad-place', '请刷新后再看')
  }
}
