import { ChannelError } from '../../channels/channel-error.js'
import { type Agreement, checkConsent } from '../../channels/wecom/archive/consent.js'
import { keepConsent } from '../../domain/message/keep-consent.js'
import { type Done, defineEffect, done, type Skipped, skip } from '../define.js'

type Asked = { consent: Agreement['consent'] | null; since: string | null; why: string | null }

/**
 * Did this customer agree that the chat is archived? Asked when a rep opens the chat, once a day at most: an event may have been
 * lost, and whoever agreed before we were connected never sent one. Reading twice is harmless (official page 91782).
 */
export default defineEffect({
  name: 'check-consent',
  ifUnknown: 'repeat',
  async run({ db, outlets }, { contactId, personId }): Promise<Skipped | Done<Asked>> {
    if (!outlets.archive.use) return skip(outlets.archive.why)
    const of = (where: { contactId: string; kind: string } | { personId: string; kind: string }) =>
      db.identity.findFirst({ where: { platform: 'wecom', ...where }, select: { value: true } })
    const [external, member] = await Promise.all([of({ contactId, kind: 'external' }), of({ personId, kind: 'member' })])
    if (!external || !member) return skip('not both of them are known to the platform')
    try {
      const [found] = await checkConsent(outlets.archive.use.api, [{ member: member.value, external: external.value }])
      return done({ consent: found?.consent ?? null, since: found?.since?.toISOString() ?? null, why: null })
    } catch (error) {
      // No right to ask, or not one of theirs: the page then says what the archive itself tells.
      if (!(error instanceof ChannelError) || error.kind === 'retry' || error.kind === 'refresh') throw error
      return done({ consent: null, since: null, why: error.hint })
    }
  },
  async keep(work, { contactId, personId }, { consent, since }) {
    if (consent) await keepConsent(work, { contactId, personId, consent, at: since ? new Date(since) : work.now })
  },
})
