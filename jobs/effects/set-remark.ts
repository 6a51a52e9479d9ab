import { getContact } from '../../channels/wecom/contact.js'
import { writeRemark } from '../../channels/wecom/remark.js'
import { lockContact } from '../../domain/contact/lock-contact.js'
import { normalPhone } from '../../lib/format/phone.js'
import { type Done, defineEffect, done, type Skipped, skip } from '../define.js'
import { findPair } from '../find-pair.js'
import { findStanding } from '../find-standing.js'

type Written = { company: string | null; phones: number }

/**
 * Writes what a rep has looked at beside their customer (official page 92115): a company where none stands by now, and phones
 * together with those that stand, because the platform puts what it is given in the place of all. The remark is the rep's own
 * and never sent. Done twice is done once: the second finds it there.
 */
export default defineEffect({
  name: 'set-remark',
  ifUnknown: 'repeat',
  async run({ db, wecom, outlets }, { contactId, personId, company, phoneIds }): Promise<Skipped | Done<Written>> {
    const pair = await findPair(db, { contactId, personId })
    const contact = await getContact(wecom, pair.externalUserId)
    const follow = contact.follows.find((one) => one.userid.toLowerCase() === pair.userid.toLowerCase())
    if (!follow) return skip('not a customer of theirs any more')
    const rows = await db.contactPhone.findMany({
      where: { id: { in: phoneIds }, contactId: await findStanding(db, contactId) },
      orderBy: { createdAt: 'asc' },
    })
    const standing = new Set(follow.phones.map((phone) => normalPhone(phone) ?? phone))
    const fresh = rows.map((row) => outlets.phones.open(row.sealed)).filter((phone) => !standing.has(phone))
    // Another company's WeCom user brings their own.
    const mayCompany = company && follow.company === '' && contact.kind === 'wechat' ? company : null
    if (mayCompany || fresh.length > 0)
      await writeRemark(wecom, {
        ...pair,
        ...(mayCompany ? { company: mayCompany } : {}),
        ...(fresh.length > 0 ? { phones: [...follow.phones, ...fresh] } : {}),
      })
    return done({ company: mayCompany ?? (follow.company || null), phones: fresh.length })
  },
  async keep(work, { contactId, personId, phoneIds }, { company }) {
    // What an app writes calls nobody back: what stands there now is not offered again.
    const follow = { contactId: await lockContact(work, contactId), personId }
    if (company) await work.tx.follow.updateMany({ where: follow, data: { remarkCompany: company } })
    await work.tx.contactPhone.updateMany({ where: { id: { in: phoneIds } }, data: { source: 'remark' } })
    work.touched.add(`chat:${follow.contactId}`)
  },
})
