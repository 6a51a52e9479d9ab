import type { Work } from './work.js'

/** True for whoever comes first on that day, in any worker, once the work commits. `day`: ISO, in Shanghai. */
export async function onceADay(work: Work, name: string, day: string): Promise<boolean> {
  // ON CONFLICT DO NOTHING waits for the other's commit: two at once, one does it.
  const { count } = await work.tx.chore.createMany({ data: [{ name, day, at: work.now }], skipDuplicates: true })
  return count > 0
}
