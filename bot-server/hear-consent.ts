import { z } from 'zod'
import { keepConsent } from '../domain/message/keep-consent.js'
import { ensureContact, ensurePerson } from '../domain/person/identify.js'
import type { Ctx } from './define.js'

const sides = z.object({ member: z.string().min(1), external: z.string().min(1) })

/** A record of the archive about consent: between whom, and what was said. */
export async function hearConsent(
  { work, organisation }: Ctx,
  data: Record<string, unknown>,
  said: { consent: 'agreed' | 'refused'; at: Date },
): Promise<void> {
  const { member, external } = sides.parse(data)
  const personId = await ensurePerson(work, { platform: 'wecom', organisation, kind: 'member', value: member })
  const contactId = await ensureContact(work, { platform: 'wecom', organisation, kind: 'external', value: external })
  await keepConsent(work, { contactId, personId, ...said })
}
