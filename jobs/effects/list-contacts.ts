import { ChannelError } from '../../channels/channel-error.js'
import { listContactIds } from '../../channels/wecom/contact-pages.js'
import { compareList } from '../../domain/follow/compare-list.js'
import { defineEffect, done } from '../define.js'
import { getMember } from '../find-member.js'

/** The platform's words for a member without a customer (official page 92113). */
const NONE = 84061

/** Whom a member has, against whom we know of. Reading twice is harmless. */
export default defineEffect({
  name: 'list-contacts',
  ifUnknown: 'repeat',
  async run({ db, wecom }, { personId }) {
    const userid = await getMember(db, personId)
    const externalUserIds = await listContactIds(wecom, userid).catch((error) => {
      if (error instanceof ChannelError && error.code === NONE) return [] as string[]
      throw error
    })
    const organisation = wecom.settings.corpId
    return done({ organisation, userid, externalUserIds, toJSON: () => ({ contacts: externalUserIds.length }) })
  },
  keep: (work, payload, { organisation, userid, externalUserIds }) =>
    compareList(work, { ...payload, organisation, userid, externalUserIds }),
})
