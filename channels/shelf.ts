/**
 * Where processes lay what they need not each ask the platform for: tokens and tickets. Whatever is wrong with it, it
 * answers within a moment and as if it were empty, and each process asks for itself: the platform gives the same token
 * again while it is good. lib/shelf.ts is one.
 */
export type TokenShelf = {
  /** Null: nothing is there, or nobody could be asked. Never throws. */
  get(name: string): Promise<string | null>
  /** Kept for so long at most. Never throws. */
  put(name: string, value: string, lifeMs: number): Promise<void>
  /** Resolves when no other process holds `name`, or a moment later whoever holds it. Gives it back with what it resolves to. */
  lock(name: string): Promise<() => void>
}
