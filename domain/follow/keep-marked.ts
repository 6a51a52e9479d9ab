import { lockContact } from '../contact/lock-contact.js'
import type { Effects } from '../outbox.js'
import type { Work } from '../work.js'
import { askProfile } from './ask-profile.js'
import { askTags } from './ask-tags.js'
import { changeTags } from './change-tags.js'
import type { FollowTag } from './profile.js'

/**
 * The platform took a change of tags, or refused it because one of them is no more (`gone`). What an app does calls nobody
 * back: the row says it at once, and the profile is asked for, which has the last word.
 */
export async function keepMarked(work: Work, change: Effects['set-tags'], { gone }: { gone: boolean }): Promise<void> {
  const { personId } = change
  const contactId = await lockContact(work, change.contactId)
  const when = `${personId}:${work.now.getTime()}`
  if (gone) await askTags(work, `gone:${contactId}:${when}`)
  else {
    const follow = await work.tx.follow.findUnique({ where: { contactId_personId: { contactId, personId } } })
    const corp = await work.tx.corpTag.findMany({ where: { id: { in: change.add } } })
    if (follow) {
      const tags = changeTags(follow.tags as FollowTag[], change, corp)
      await work.tx.follow.update({ where: { contactId_personId: { contactId, personId } }, data: { tags } })
    }
  }
  await askProfile(work, contactId, `tags:${when}`)
  work.touched.add(`chat:${contactId}`)
}
