import type { Work } from '../work.js'

/** 不是同一个人: not offered again, and never joined by itself. Said twice is said once. */
export async function sayApart(work: Work, by: string, { a, b }: { a: string; b: string }): Promise<void> {
  const [oneId = a, otherId = b] = [a, b].sort()
  await work.tx.personApart.createMany({ data: [{ oneId, otherId, by, at: work.now }], skipDuplicates: true })
}
