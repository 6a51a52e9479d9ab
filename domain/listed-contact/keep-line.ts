import { keepPhones, type SealedPhone } from '../contact/contact-phones.js'
import { lockContact } from '../contact/lock-contact.js'
import { resolveContact } from '../contact/resolve-contact.js'
import type { TouchSource } from '../first-contact/first-contact.contract.js'
import { ensurePerson } from '../person/identify.js'
import { noteTouch } from '../touch/note-touch.js'
import type { Work } from '../work.js'
import { endListed } from './end-listed.js'
import type { List } from './known-lines.js'
import { followersOf, type ListedLine } from './listed-line.js'

type Told = {
  list: List
  line: ListedLine
  /** Who followed them at the last look: userids. */
  before: string[]
  /** When this look began: nobody says since when a line stands there. */
  at: Date
  history: boolean
  source: TouchSource
}

/** The moment at which a line was there for the first time, whoever's it is by then. */
const lineKey = ({ platform, organisation }: List, value: string): string => `add:${platform}:${organisation}:${value}`

/**
 * What one line says: who they are, who of ours has them. Last of all it may prove that they are somebody whom we know.
 * Returns the contact that they are.
 */
export async function keepLine(work: Work, contact: string, { list, line, before, at, history, source }: Told): Promise<string> {
  const contactId = await lockContact(work, contact)
  await keepName(work, contactId, list, line)
  if (line.phone) await keepRemarked(work, contactId, line.phone)
  const followers = followersOf(line)
  const people: string[] = []
  for (const value of followers)
    people.push(await ensurePerson(work, { platform: 'dingtalk', organisation: list.organisation, kind: 'member', value }))
  for (const personId of new Set(people)) await keepFollower(work, { contactId, personId, line, at })
  await endListed(work, { contactId, list, value: line.value, userids: before.filter((userid) => !followers.includes(userid)) })
  const key = lineKey(list, line.value)
  // What was taken for history stays that.
  if ((await work.tx.touch.count({ where: { key } })) === 0)
    await noteTouch(work, { key, contactId, personId: people[0] ?? null, source, at, backfilled: history })
  work.touched.add(`chat:${contactId}`)
  return resolveContact(work, contactId)
}

/** Their name is what this list says, unless another platform, or a line before this one, knows them. */
async function keepName(work: Work, contactId: string, list: List, { value, name, company }: ListedLine): Promise<void> {
  const contact = await work.tx.contact.findUniqueOrThrow({
    where: { id: contactId },
    select: { provisional: true, corpName: true, identities: { where: { kind: 'external' }, orderBy: { id: 'asc' } } },
  })
  const names = contact.identities[0]?.platform === list.platform && contact.identities[0]?.value === value
  await work.tx.contact.update({
    where: { id: contactId },
    data: {
      ...(name && (names || contact.provisional) ? { name, provisional: false } : {}),
      ...(names || contact.corpName === null ? { corpName: company } : {}),
    },
  })
}

/** Whatever told of a number first: one of ours wrote it down as this person's. */
async function keepRemarked(work: Work, contactId: string, phone: SealedPhone): Promise<void> {
  await keepPhones(work, { contactId, phones: [phone], source: 'remark' })
  await work.tx.contactPhone.updateMany({
    where: { contactId, hash: phone.hash, source: { not: 'remark' } },
    data: { source: 'remark' },
  })
}

type Follower = { contactId: string; personId: string; line: ListedLine; at: Date }

/** What WeCom says of the two stays what it says; where it has ended there, they know each other here. */
async function keepFollower(work: Work, { contactId, personId, line, at }: Follower): Promise<void> {
  const key = { contactId_personId: { contactId, personId } }
  const before = await work.tx.follow.findUnique({ where: key })
  const remarked = { remark: line.remark, remarkCompany: line.company }
  if (!before) {
    await work.tx.follow.create({ data: { contactId, personId, since: at, confirmedAt: work.now, ...remarked } })
    return
  }
  await work.tx.follow.update({
    where: key,
    data: {
      confirmedAt: before.confirmedAt ?? work.now,
      ...(before.addWay === null ? remarked : {}),
      ...(before.endedAt ? { endedAt: null, endedBy: null, addWay: null } : {}),
    },
  })
}
