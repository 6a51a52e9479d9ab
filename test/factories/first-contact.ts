import type { TouchSource } from '../../domain/first-contact/first-contact.contract.js'
import { ensureContact } from '../../domain/person/identify.js'
import { noteTouch } from '../../domain/touch/note-touch.js'
import type { Db } from '../../lib/db.js'
import { newId } from '../../lib/ids.js'
import { organisation } from './cast.js'
import { inWork, NOW } from './work.js'

type Comes = { name: string; by: string; source?: TouchSource; channel?: string | null; at?: Date; corpName?: string | null }

/** Somebody new comes to a rep (`by`: the person's id), as an event would tell it. The contact's id. */
export async function comes(db: Db, externalUserId: string, { name, by, source = 'add', ...more }: Comes): Promise<string> {
  const { channel = null, at = NOW, corpName = null } = more
  return inWork(
    db,
    async (work) => {
      const known = { platform: 'wecom', organisation, kind: 'external', value: externalUserId }
      const contactId = await ensureContact(work, known, { fetch: false })
      await work.tx.contact.update({ where: { id: contactId }, data: { name, provisional: false, corpName, kind: 'wechat' } })
      const follow = { contactId, personId: by, since: at, confirmedAt: at, addWay: 1 }
      await work.tx.follow.createMany({ data: follow, skipDuplicates: true })
      await noteTouch(work, { key: newId(), contactId, personId: by, source, at, channel })
      return contactId
    },
    at,
  )
}
