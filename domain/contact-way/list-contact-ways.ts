import type { Reader } from '../../lib/db.js'
import { sayReason } from '../say-reason.js'
import type { ContactWayView } from './contact-way.contract.js'

const MOST = 200

/** The codes that there are, newest first, and how many first contacts came by each. */
export async function listContactWays(db: Reader): Promise<ContactWayView[]> {
  const ways = await db.contactWay.findMany({
    orderBy: { createdAt: 'desc' },
    take: MOST,
    include: { createdBy: { select: { name: true } }, picture: { select: { sha256: true } } },
  })
  const [people, rows, came] = await Promise.all([
    db.person.findMany({ where: { id: { in: ways.flatMap((way) => way.personIds) } }, select: { id: true, name: true } }),
    db.outbox.findMany({
      where: { key: { in: ways.filter((way) => !way.configId).map((way) => `add-contact-way:${way.id}`) } },
      select: { key: true, reason: true },
    }),
    db.firstContact.groupBy({ by: ['channel'], where: { channel: { in: ways.map((way) => way.state) } }, _count: true }),
  ])
  const nameOf = new Map(people.map((person) => [person.id, person.name]))
  const whyOf = new Map(rows.map((row) => [row.key, row.reason]))
  const cameBy = new Map(came.map((row) => [row.channel, row._count]))
  return ways.map((way) => ({
    id: way.id,
    label: way.label,
    people: way.personIds.map((id) => nameOf.get(id) ?? '离职同事'),
    qrCode: way.qrCode || null,
    why: sayReason(whyOf.get(`add-contact-way:${way.id}`) ?? '') || null,
    picture: way.picture?.sha256.slice(0, 16) ?? null,
    by: way.createdBy.name,
    at: way.createdAt.toISOString(),
    came: cameBy.get(way.state) ?? 0,
  }))
}
