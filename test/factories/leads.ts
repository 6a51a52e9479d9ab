import { createOpportunity } from '../../domain/opportunity/create-opportunity.js'
import type { Cast } from './cast.js'
import { inWork, NOW } from './work.js'

type Lead = { by?: string; at?: Date; channel?: string | null; title?: string; customer?: boolean }

/** 商机 of contacts that the cast has, as whoever makes one makes it. */
export function createLeads(cast: Cast) {
  return {
    async makes(external: string, lead: Lead = {}): Promise<string> {
      const { by = 'wanglei', at = NOW, channel = null, title = '华强五金 · 黄老板', customer = true } = lead
      const [contactId, ownerId] = [await cast.contactId(external), await cast.personId(by)]
      const customerId = customer ? (await cast.customer(external)).id : null
      return inWork(cast.db, (work) => createOpportunity(work, { title, contactId, customerId, ownerId, channel }), at)
    },
    lead: (id: string) => cast.db.opportunity.findUniqueOrThrow({ where: { id } }),
    clock: (id: string) => cast.db.reminder.findFirst({ where: { subject: `quote-72h:${id}`, state: 'open' } }),
  }
}
