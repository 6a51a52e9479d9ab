import type { Work } from '../work.js'

/** The message that the platform knows by that handle is on nobody's screen any more. */
export async function noteTakenBack(work: Work, handle: string): Promise<void> {
  await work.tx.cardCopy.updateMany({
    where: { handle, platform: 'dingtalk', recalledAt: null },
    data: { recalledAt: work.now },
  })
}
