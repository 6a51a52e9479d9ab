import { ensureContactOfPhone } from '../../domain/contact/contact-of-phone.js'
import { contactSecrets, keepPhones, type PhoneSource, sealPhone } from '../../domain/contact/contact-phones.js'
import { lockContact } from '../../domain/contact/lock-contact.js'
import { resolveContact } from '../../domain/contact/resolve-contact.js'
import { KIND, subjectOf } from '../../domain/first-contact/clock.js'
import { hearMessage } from '../../domain/message/hear-message.js'
import { ensureContact } from '../../domain/person/identify.js'
import { sayDue } from '../../domain/reminders/say-due.js'
import { sayWaiting } from '../../domain/reminders/say-waiting.js'
import { noteTouch } from '../../domain/touch/note-touch.js'
import { type Cast, organisation } from './cast.js'
import { inWork, NOW } from './work.js'

export const phones = contactSecrets('a'.repeat(32))
const sealed = (number: string) => {
  const phone = sealPhone(phones, number)
  if (!phone) throw new Error(`no number: ${number}`)
  return phone
}

type When = { at?: Date; heardAt?: Date }
type Adding = When & { by?: string; half?: boolean; channel?: string; backfilled?: boolean }
type Facts = {
  unionid?: string
  number?: string
  source?: PhoneSource
  company?: string
  corpName?: string
  by?: string
  at?: Date
}

/** How new people come to an organisation, as the events and the archive tell of it; `heardAt`: when we are told. */
export function createNewcomers(cast: Cast) {
  const { db } = cast
  const as = (value: string) => ({ platform: 'wecom', organisation, kind: 'external', value })

  return {
    as,
    async adds(external: string, adding: Adding = {}): Promise<void> {
      const { by = 'wanglei', at = NOW, heardAt = at, half = false, channel = null, backfilled = false } = adding
      const personId = await cast.personId(by)
      const source = half ? 'half-add' : 'add'
      const key = `${source}:wecom:${organisation}:${by}:${external}`
      await inWork(
        db,
        async (work) => {
          // As the event does: the contact is held before anything is written beside it.
          const contactId = await lockContact(work, await ensureContact(work, as(external)))
          await work.tx.follow.createMany({ data: { contactId, personId, since: at, confirmedAt: at }, skipDuplicates: true })
          await noteTouch(work, { key, contactId, personId, source, at, channel, backfilled })
        },
        heardAt,
      )
    },
    async calls(number: string, { by = 'wanglei', at = NOW, heardAt = at, id = '1' }: When & { by?: string; id?: string } = {}) {
      const personId = await cast.personId(by)
      await inWork(
        db,
        async (work) => {
          const contactId = await ensureContactOfPhone(work, sealed(number), personId)
          const key = `call:${by}:${number}:${id}`
          await noteTouch(work, { key, contactId, personId, source: 'call', at, seconds: 40 })
        },
        heardAt,
      )
    },
    /** Words in the archive, also with somebody of whom nothing is known yet. */
    async chats(external: string, { by = 'wanglei', at = NOW, heardAt = at }: When & { by?: string } = {}): Promise<void> {
      const personId = await cast.personId(by)
      await inWork(
        db,
        async (work) => {
          const contactId = await ensureContact(work, as(external))
          const said = { source: 'archive' as const, speaker: 'customer' as const, text: '你好', finding: null }
          await hearMessage(work, { ...said, contactId, personId, sourceKey: `${by}:${external}:${at.getTime()}`, saidAt: at })
        },
        heardAt,
      )
    },
    /** The profile arrives: what the platform and the rep's remark say of somebody. Returns the contact by then. */
    async learns(external: string, facts: Facts): Promise<string> {
      const { unionid, number, source = 'remark', company, corpName, by = 'wanglei', at = NOW } = facts
      const personId = await cast.personId(by)
      return inWork(
        db,
        async (work) => {
          const contactId = await ensureContact(work, as(external))
          if (number) await keepPhones(work, { contactId, phones: [sealed(number)], source })
          if (corpName) await work.tx.contact.update({ where: { id: contactId }, data: { corpName } })
          const line = { contactId, personId, since: at, remarkCompany: company ?? null }
          const key = { contactId_personId: { contactId, personId } }
          if (company) await work.tx.follow.upsert({ where: key, create: line, update: { remarkCompany: company } })
          return resolveContact(work, contactId, unionid ? { unionid } : {})
        },
        at,
      )
    },
    /** The planner looks, as often as it has to. */
    async says(now: Date): Promise<void> {
      while ((await inWork(db, (work) => sayDue(work), now)) > 0);
      while ((await inWork(db, (work) => sayWaiting(work), now)) > 0);
    },
    firsts: () =>
      db.firstContact.findMany({ include: { person: { select: { name: true } } }, orderBy: [{ at: 'asc' }, { id: 'asc' }] }),
    first: async (external: string) =>
      db.firstContact.findFirstOrThrow({ where: { contactId: await cast.contactId(external), state: { not: 'merged' } } }),
    clock: (id: string) => db.reminder.findFirst({ where: { kind: KIND, subject: subjectOf(id), state: 'open' } }),
    clocks: () => db.reminder.findMany({ where: { kind: KIND, state: 'open' }, orderBy: { id: 'asc' } }),
    /** Who was told, of what, by which card: 「0 王磊 reminder」. */
    async told(): Promise<string[]> {
      const notices = await db.notice.findMany({
        where: { reminder: { kind: KIND }, state: 'said' },
        include: { person: { select: { name: true } }, card: { select: { kind: true } } },
        orderBy: [{ sayAt: 'asc' }, { id: 'asc' }],
      })
      return notices.map((one) => `${one.level} ${one.person.name} ${one.card?.kind ?? ''}`)
    },
  }
}
