/** Asks until the answer is truthy and hands it on; what `read` throws counts as "not yet" and is told at the end. */
export async function waitFor<T>(
  read: () => T | Promise<T>,
  { ms = 20_000, every = 50, what = '' } = {},
): Promise<NonNullable<T>> {
  const end = performance.now() + ms
  let last: unknown
  for (;;) {
    try {
      const value = await read()
      if (value) return value
      last = value
    } catch (error) {
      last = error
    }
    if (performance.now() > end) break
    await new Promise((resolve) => setTimeout(resolve, every))
  }
  const found = last instanceof Error ? last.message : JSON.stringify(last)
  throw new Error(`Waited ${ms / 1000} s in vain${what && ` for ${what}`}; the last answer was ${found}`)
}
