import type { ChatPlatform } from '../person/person.contract.js'
import type { Work } from '../work.js'

/** What the platform says against writing to somebody; null: nothing any more. */
export async function setBarred(
  work: Work,
  personId: string,
  barredWhy: string | null,
  platform: ChatPlatform = 'wecom',
): Promise<void> {
  await work.tx.reach.upsert({
    where: { personId_channel: { personId, channel: platform } },
    create: { personId, channel: platform, barredWhy },
    update: { barredWhy },
  })
  work.touched.add(`person:${personId}`)
}
