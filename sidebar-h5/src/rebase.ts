/**
 * What I typed, on top of what somebody else saved meanwhile: a field that I left as it was takes their value, one that I
 * changed keeps mine. Lists of the same length are compared place by place.
 */
export function rebase<T>(base: T, theirs: T, mine: T): T {
  if (same(mine, base)) return theirs
  if (Array.isArray(base) && Array.isArray(theirs) && Array.isArray(mine)) {
    if (base.length !== mine.length || base.length !== theirs.length || !base.every(isPlain)) return mine
    return base.map((one, i) => rebase(one, theirs[i], mine[i])) as T
  }
  if (!isPlain(base) || !isPlain(theirs) || !isPlain(mine)) return mine
  const [from, over] = [base as Record<string, unknown>, theirs as Record<string, unknown>]
  return Object.fromEntries(Object.entries(mine).map(([name, value]) => [name, rebase(from[name], over[name], value)])) as T
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
/** A wait («from …») is one thing: fields of two kinds don't mix. */
const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('from' in value)
