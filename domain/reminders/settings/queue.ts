/** A binary heap: what is earliest comes first, and of equals what was put first. */
export function createQueue<T>() {
  type Item = { at: number; seq: number; value: T }
  const heap: Item[] = []
  let seq = 0
  const before = (a: Item, b: Item) => a.at < b.at || (a.at === b.at && a.seq < b.seq)
  const swap = (i: number, j: number) => {
    const [a, b] = [heap[i], heap[j]]
    if (a && b) [heap[i], heap[j]] = [b, a]
  }
  const isBefore = (i: number, j: number) => {
    const [a, b] = [heap[i], heap[j]]
    return a !== undefined && b !== undefined && before(a, b)
  }

  return {
    put(at: number, value: T): void {
      heap.push({ at, seq: seq++, value })
      for (let i = heap.length - 1; i > 0; ) {
        const parent = (i - 1) >> 1
        if (!isBefore(i, parent)) return
        swap(i, parent)
        i = parent
      }
    },
    /** When the next one is. */
    nextAt: (): number | undefined => heap[0]?.at,
    take(): Item | undefined {
      swap(0, heap.length - 1)
      const first = heap.pop()
      for (let i = 0; ; ) {
        const least = [2 * i + 1, 2 * i + 2].reduce((best, child) => (isBefore(child, best) ? child : best), i)
        if (least === i) return first
        swap(i, least)
        i = least
      }
    },
  }
}
