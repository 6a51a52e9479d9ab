import { Refused } from '../../lib/errors.js'
import type { ChatPlatform } from '../person/person.contract.js'
import type { Work } from '../work.js'

type Habits = {
  channel?: ChatPlatform | undefined
  saysOn?: boolean | undefined
  prefers?: ChatPlatform | null | undefined
  plainText?: boolean | undefined
}

/** 「通知开着吗」, where one wants to be written to, and whether one reads in WeChat's plugin: asked, never inferred. */
export async function sayHabits(
  work: Work,
  personId: string,
  { channel = 'wecom', saysOn, prefers, plainText }: Habits,
): Promise<void> {
  if (plainText !== undefined) await work.tx.person.update({ where: { id: personId }, data: { plainText } })
  if (prefers !== undefined) {
    const accounts = prefers ? await work.tx.identity.count({ where: { personId, platform: prefers, kind: 'member' } }) : 1
    if (accounts === 0) throw new Refused('no-account', '你在那边还没有账号，先打开一次再来选', 409)
    await work.tx.person.update({ where: { id: personId }, data: { prefers } })
  }
  if (saysOn !== undefined)
    await work.tx.reach.upsert({
      where: { personId_channel: { personId, channel } },
      create: { personId, channel, saysOn },
      update: { saysOn },
    })
  work.touched.add(`person:${personId}`)
}
