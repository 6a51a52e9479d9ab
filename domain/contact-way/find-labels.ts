import type { Reader } from '../../lib/db.js'

/** 渠道 as people call them, by the state that the platform gives back. Those without a code of ours are not among them. */
export async function findLabels(db: Reader, states: (string | null)[]): Promise<Map<string, string>> {
  const ways = await db.contactWay.findMany({
    where: { state: { in: states.flatMap((state) => state ?? []) } },
    select: { state: true, label: true },
  })
  return new Map(ways.map(({ state, label }) => [state, label]))
}
