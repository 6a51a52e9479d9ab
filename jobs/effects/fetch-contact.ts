import { ChannelError } from '../../channels/channel-error.js'
import { getContact } from '../../channels/wecom/contact.js'
import { keepProfiles } from '../../domain/customer/keep-profile.js'
import { findEdge } from '../../domain/follow/edge.js'
import type { Profile } from '../../domain/follow/profile.js'
import { GiveUp } from '../../lib/errors.js'
import { defineEffect, done } from '../define.js'
import { findStanding } from '../find-standing.js'
import { sealProfile } from '../seal-profile.js'

/** Nobody of ours has them: deleted, or half added and not confirmed (official page 90313). */
const NOBODY = 84061

/**
 * A customer's profile, and which of ours really have them (official page 92114). Somebody who proved to be one person may be
 * known to the platform by several ids. Reading twice is harmless.
 */
export default defineEffect({
  name: 'fetch-contact',
  ifUnknown: 'repeat',
  async run({ db, wecom, outlets }, { contactId }) {
    const where = { contactId: await findStanding(db, contactId), platform: 'wecom', kind: 'external' }
    const identities = await db.identity.findMany({ where, orderBy: { id: 'asc' } })
    if (identities.length === 0) throw new GiveUp('contact without an external id')
    const profiles: { organisation: string; profile: Profile }[] = []
    for (const { organisation, value } of identities) {
      const contact = await getContact(wecom, value).catch((error) => {
        if (error instanceof ChannelError && error.code === NOBODY) return null
        throw error
      })
      if (contact) profiles.push({ organisation, profile: sealProfile(outlets.phones, contact) })
    }
    // People's names and words stay out of the row.
    return done({ profiles, toJSON: () => ({ profiles: profiles.length }) })
  },
  keep(work, { contactId, edge }, { profiles }) {
    const given = edge ? new Date(edge) : null
    const edgeOf = async (personId: string) => given ?? findEdge(work, personId)
    return keepProfiles(
      work,
      contactId,
      profiles.map((one) => ({ ...one, edge: edgeOf })),
    )
  },
})
