/**
 * A pure answer that is not found twice for the same text: several readers ask about one message, and it stands in the context
 * of those after it. About the last `most` texts are known, in two generations: the older one is dropped as a whole. What is
 * `of` another kind than the last (another day) begins anew. Nobody changes what he is given.
 */
export function remember<T, O = undefined>(
  most: number,
  find: (text: string, of: O) => T,
): O extends undefined ? (text: string) => T : (text: string, of: O) => T
export function remember<T, O>(most: number, find: (text: string, of: O) => T): (text: string, of: O) => T {
  let fresh = new Map<string, T>()
  let old = fresh
  let last: O | undefined
  return (text, of) => {
    if (of !== last) {
      fresh = old = new Map()
      last = of
    }
    const known = fresh.get(text)
    if (known !== undefined) return known
    const before = old.get(text)
    const found = before === undefined ? find(text, of) : before
    if (fresh.size >= most) {
      old = fresh
      fresh = new Map()
    }
    fresh.set(text, found)
    return found
  }
}
