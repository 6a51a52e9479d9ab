import type { Work } from '../work.js'

/** 「企业微信的通知开着吗」, and whether one reads in WeChat's plugin: asked, never inferred. */
export async function sayHabits(
  work: Work,
  personId: string,
  { saysOn, plainText }: { saysOn?: boolean | undefined; plainText?: boolean | undefined },
): Promise<void> {
  if (plainText !== undefined) await work.tx.person.update({ where: { id: personId }, data: { plainText } })
  if (saysOn !== undefined)
    await work.tx.reach.upsert({
      where: { personId_channel: { personId, channel: 'wecom' } },
      create: { personId, channel: 'wecom', saysOn },
      update: { saysOn },
    })
  work.touched.add(`person:${personId}`)
}
