import { minuteOf } from '../../lib/working-days.js'
import { onceADay } from '../chore.js'
import { type Effects, later } from '../outbox.js'
import { tellAdministrators } from '../person/tell-administrators.js'
import type { Work } from '../work.js'

/** Looks are chores of the first name; who was asked about when, whose were read, and that we have no right to it, of the others. */
const LOOK = 'dingtalk-crm'
const ASKED = 'dingtalk-crm-asked'
const READ = 'dingtalk-crm-read'
const OFF = 'dingtalk-crm-off'

/** Each look is two paid calls of the month's five thousand: one member an hour, while people work. */
const HOUR_MS = 3_600_000
const FROM = 8 * 60
const UNTIL = 20 * 60
/** Several that one colleague puts in are one look. */
const SOON_MS = 10 * 60_000
/** A right that was given in the meantime is found out by itself. */
const OFF_MS = 7 * 24 * HOUR_MS
const KEEP_MS = 2 * 24 * HOUR_MS

type Page = Effects['list-dingtalk-customers']

/**
 * 钉钉 CRM shows a member their own customers alone, so members are asked about in turn, who was asked about longest ago first.
 * Where the organisation has given us no right to it, nobody is.
 */
export async function lookForCustomers(work: Work): Promise<void> {
  const minute = minuteOf(work.now)
  const slot = new Date(Math.floor(work.now.getTime() / HOUR_MS) * HOUR_MS).toISOString()
  if (minute < FROM || minute >= UNTIL || (await isOff(work)) || !(await onceADay(work, LOOK, slot))) return
  await work.tx.chore.deleteMany({ where: { name: LOOK, at: { lt: new Date(work.now.getTime() - KEEP_MS) } } })
  const [next] = await work.tx.$queryRaw<{ value: string }[]>`
    SELECT i.value FROM identity i JOIN person p ON p.id = i.person_id AND p.left_at IS NULL
      LEFT JOIN chore c ON c.name = ${ASKED} AND c.day = i.value
    WHERE i.platform = 'dingtalk' AND i.kind = 'member' AND p.roles && ARRAY['rep', 'lead', 'manager']
    ORDER BY c.at NULLS FIRST, i.value LIMIT 1`
  if (!next) return
  const asked = { name: ASKED, day: next.value }
  await work.tx.chore.upsert({ where: { name_day: asked }, create: { ...asked, at: work.now }, update: { at: work.now } })
  await readBoth(work, { run: slot, operator: next.value }, work.now)
}

/** An event tells that this member of ours put a customer in, or changed one: theirs are read within ten minutes. */
export async function lookAtCustomersOf(work: Work, userid: string): Promise<void> {
  if (await isOff(work)) return
  const at = new Date(Math.ceil((work.now.getTime() + 1) / SOON_MS) * SOON_MS)
  await readBoth(work, { run: `soon:${at.toISOString()}`, operator: userid }, at)
}

async function readBoth(work: Work, of: Pick<Page, 'run' | 'operator'>, at: Date): Promise<void> {
  for (const kind of ['person', 'company'] as const) await readCustomers(work, { ...of, kind, cursor: null, page: 0 }, at)
}

export const readCustomers = (work: Work, page: Page, notBefore: Date): Promise<void> =>
  later(work, {
    kind: 'list-dingtalk-customers',
    key: `list-dingtalk-customers:${page.operator}:${page.run}:${page.kind}:${page.page}`,
    lane: `dingtalk-crm:${page.operator}`,
    payload: page,
    notBefore,
  })

const readName = ({ operator, kind }: Page) =>
  kind === 'person' ? { name: READ, day: operator } : { name: `${READ}:company`, day: operator }

/** Whose customers were never read before has only history. */
export const isFirstLook = async (work: Work, page: Page): Promise<boolean> =>
  (await work.tx.chore.count({ where: readName(page) })) === 0

/** Read, as far as anything was new. The right to it is there. */
export async function noteCustomersRead(work: Work, page: Page): Promise<void> {
  const name_day = readName(page)
  await work.tx.chore.upsert({ where: { name_day }, create: { ...name_day, at: work.now }, update: { at: work.now } })
  await work.tx.chore.deleteMany({ where: { name: OFF } })
}

const isOff = async (work: Work): Promise<boolean> =>
  (await work.tx.chore.count({ where: { name: OFF, at: { gt: new Date(work.now.getTime() - OFF_MS) } } })) > 0

/** The platform gives us no right to it: administrators hear so once, and nobody is asked about for a week. */
export async function switchOff(work: Work, why: string): Promise<void> {
  const isNew = (await work.tx.chore.count({ where: { name: OFF } })) === 0
  const off = { name_day: { name: OFF, day: 'right' } }
  await work.tx.chore.upsert({ where: off, create: { ...off.name_day, at: work.now }, update: { at: work.now } })
  if (!isNew) return
  const text = `读不到钉钉 CRM 的客户：${why}。不用它可以不管；开通以后会自动接上，最晚一周。`
  await tellAdministrators(work, { key: `${OFF}:${work.now.getTime()}`, text })
}
