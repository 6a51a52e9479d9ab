import { sealPhone } from '../../domain/contact/contact-phones.js'
import { endLine } from '../../domain/listed-contact/end-listed.js'
import { keepListed } from '../../domain/listed-contact/keep-listed.js'
import type { ListedLine } from '../../domain/listed-contact/listed-line.js'
import { ensurePerson } from '../../domain/person/identify.js'
import type { Db } from '../../lib/db.js'
import { phones } from './newcomers.js'
import { inWork, NOW } from './work.js'

export const corp = 'ding1'
const list = { platform: 'dingtalk' as const, organisation: corp }

type Line = Partial<Omit<ListedLine, 'phone'>> & { value: string; number?: string }

/** One line of DingTalk's external contacts. */
export const lineOf = ({ number, ...line }: Line): ListedLine => ({
  ...{ name: line.value, company: null, remark: null, follower: 'lin', sharedWith: [] },
  phone: number ? sealPhone(phones, number) : null,
  ...line,
})

/** Looks at DingTalk's external contacts, as the platform would answer. */
export function createLooks(db: Db) {
  /** One look that reads all of these, in pages of `size`. */
  async function look(run: string, lines: ListedLine[], { at = NOW, size = 100, whole = false } = {}): Promise<void> {
    for (let offset = 0; offset === 0 || offset < lines.length; offset += size) {
      const page = { run, startedAt: at.toISOString(), whole, offset }
      const read = { organisation: corp, lines: lines.slice(offset, offset + size), more: offset + size < lines.length }
      await inWork(db, (work) => keepListed(work, page, read), at)
    }
  }

  return {
    look,
    /** The platform said of whoever was asked about that they are no more. */
    async goes(run: string, value: string, at = NOW) {
      await inWork(db, (work) => endLine(work, list, { value, run }), at)
    },
    askedAbout: async () =>
      (await db.outbox.findMany({ where: { kind: 'fetch-dingtalk-contact', state: 'open' }, orderBy: { id: 'asc' } })).map(
        ({ payload }) => (payload as { value: string }).value,
      ),
    member: (userid: string) =>
      inWork(db, (work) => ensurePerson(work, { platform: 'dingtalk', organisation: corp, kind: 'member', value: userid })),
    contactId: async (value: string): Promise<string> =>
      (
        await db.identity.findUniqueOrThrow({
          where: { platform_organisation_kind_value: { ...list, kind: 'external', value } },
        })
      ).contactId as string,
  }
}
