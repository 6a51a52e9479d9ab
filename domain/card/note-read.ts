import type { Work } from '../work.js'
import { noteCopy } from './pass-on.js'

/** The platform says that this person has read the message that it knows by that handle. */
export async function noteRead(work: Work, { personId, handle }: { personId: string; handle: string }): Promise<void> {
  const copies = await work.tx.cardCopy.findMany({
    where: { personId, handle, platform: 'dingtalk', state: 'submitted' },
    select: { id: true },
  })
  for (const { id } of copies) await noteCopy(work, id, { state: 'delivered', reason: '对方已读' })
}
