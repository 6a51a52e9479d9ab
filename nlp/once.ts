/** Asked for when it is needed first, and then known. */
export function once<T>(find: () => T): () => T {
  let known: { value: T } | null = null
  return () => {
    known ??= { value: find() }
    return known.value
  }
}
