import type { Work } from '../work.js'

/** What the platform says against writing to somebody; null: nothing any more. */
export async function setBarred(work: Work, personId: string, barredWhy: string | null): Promise<void> {
  await work.tx.reach.upsert({
    where: { personId_channel: { personId, channel: 'wecom' } },
    create: { personId, channel: 'wecom', barredWhy },
    update: { barredWhy },
  })
  work.touched.add(`person:${personId}`)
}
