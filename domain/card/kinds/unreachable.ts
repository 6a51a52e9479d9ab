import type { Reader } from '../../../lib/db.js'
import { chatPlatform } from '../../person/person.contract.js'
import { UNREACHABLE, type Unreachable } from '../../reach/tell-unreachable.js'
import type { Card } from '../card.js'

const MOST_LINES = 6

/** 「<manager>:<monday>」: colleagues whom no channel reached that week, and why. Who was seen since is not on it. */
export async function drawUnreachable(db: Reader, subject: string): Promise<Card | null> {
  const [managerId = '', day = ''] = subject.split(':')
  const chore = await db.chore.findUnique({ where: { name_day: { name: UNREACHABLE, day } } })
  const found = ((chore?.found ?? {}) as Record<string, Unreachable[]>)[managerId] ?? []
  const people = await db.person.findMany({
    where: { id: { in: found.map((one) => one.personId) }, leftAt: null },
    include: { reach: { where: { channel: { in: chatPlatform.options } } } },
  })
  const lines = found.flatMap(({ personId, why }) => {
    const person = people.find((one) => one.id === personId)
    const isBack = chore && person?.reach.some(({ activeAt }) => activeAt && activeAt > chore.at)
    return person && !isBack ? [{ label: person.name, value: why }] : []
  })
  if (lines.length === 0) return null
  return {
    source: '不漏 · 每周看一遍',
    title: `${lines.length} 位同事可能收不到提醒`,
    desc: '哪个渠道都没有把握送到，点开看怎么办',
    fields: lines.slice(0, MOST_LINES),
    buttons: [],
    page: '/h5/reach/team',
  }
}
