import { describe, expect, it } from 'vitest'
import { Prisma } from '../../lib/db.js'
import { newId } from '../../lib/ids.js'
import { AFTER_UNDO } from '../../test/factories/chain.js'
import { useJoining } from '../../test/factories/joining.js'
import { createNewcomers } from '../../test/factories/newcomers.js'
import { createDesk } from '../../test/factories/quotes.js'
import { at, HOUR, inWork, MINUTE, NOW } from '../../test/factories/work.js'
import { issueCard } from '../card/issue-card.js'
import { getActor } from '../person/actor.js'
import { ensurePerson, findPersonId } from '../person/identify.js'
import { answerAsk } from '../requirement/answer-ask.js'
import { setRule } from '../rule/rule.js'
import { createTask } from '../task/create-task.js'
import { joinKnown, sweepJoined } from './join-known.js'
import { joinPersons } from './join-persons.js'
import { MOVED, OTHERWISE } from './moved-columns.js'
import { undoJoin } from './undo-join.js'

const bench = useJoining()
const { as, dingtalker, join, point } = bench

/** Columns of the database that name somebody, but for those that name something else. */
async function columnsOfPeople(): Promise<string[]> {
  const rows = await bench.db.$queryRaw<{ name: string }[]>`
    SELECT c.table_name || '.' || c.column_name AS name FROM information_schema.columns c
    WHERE c.table_schema = 'public' AND (c.data_type = 'uuid' OR c.udt_name = '_uuid')
      AND NOT EXISTS (
        SELECT 1 FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY(k.conkey)
        WHERE k.contype = 'f' AND k.conrelid = ('public."' || c.table_name || '"')::regclass AND a.attname = c.column_name
          AND k.confrelid <> 'person'::regclass)
    ORDER BY 1`
  // Ids of rows and of what is no person, without a foreign key.
  const others = new Set([
    ...['customer_import_row.contact_id', 'customer_import_row.matched_contact_id', 'handover_item.subject_id'],
    ...[
      'handover_item.customer_id',
      'handover_gift.batch',
      'notice.customer_id',
      'requirement_change.contact_id',
      'screen_write.request_id',
    ],
    ...['contract.version_id', 'outside_quote.message_id', 'product_import.book_id', 'product_import_row.product_id'],
    ...['quote_answer.change_id', 'quote_answer.contact_id', 'quote_answer.request_id', 'quote_answer.visit_id'],
  ])
  return rows.map(({ name }) => name).filter((name) => !name.endsWith('.id') && !others.has(name))
}

it('whatever column names one of ours is either moved or joined otherwise', async () => {
  const handled = [...MOVED.map(({ table, column }) => `${table}.${column}`), ...OTHERWISE].sort()
  expect(await columnsOfPeople()).toEqual(handled)
})

/** All that people can see or that we act by. */
async function everything(): Promise<Record<string, unknown[]>> {
  const tables = await bench.db.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_name NOT LIKE '\\_prisma%'
      AND table_name NOT IN ('audit_entry', 'audit_content', 'person_join', 'person_apart', 'rule', 'outbox') ORDER BY 1`
  const all: Record<string, unknown[]> = {}
  for (const { name } of tables)
    all[name] = (
      await bench.db.$queryRaw<{ row: unknown }[]>`SELECT to_jsonb(t) AS row FROM ${Prisma.raw(`"${name}"`)} t ORDER BY t::text`
    ).map(({ row }) => row)
  all.rules = await bench.db.$queryRaw`SELECT DISTINCT ON (name) name, value FROM rule ORDER BY name, version DESC`
  return all
}

/** What somebody has who worked for a while. */
async function works(userid: string): Promise<string> {
  const personId = await bench.cast.personId(userid)
  const actor = await getActor(bench.db, personId)
  const contactId = await bench.cast.contactId('wmRenji')
  await bench.cast.captures('wmRenji', { by: userid })
  await inWork(bench.db, (work) => createTask(work, actor, { contactId, text: '回电话', at: at(HOUR) }))
  await createNewcomers(bench.cast).adds('wmNew', { by: userid })
  await inWork(bench.db, async (work) => {
    await setRule(work, { name: 'phone-extensions', value: [{ number: '8001', personId }], by: personId })
    await issueCard(work, {
      kind: 'uncaptured',
      subject: `uncaptured:${personId}:2026-11-23`,
      people: [personId],
      notBefore: NOW,
    })
    await work.tx.session.create({
      data: { tokenHash: personId, personId, platform: 'wecom', expiresAt: at(HOUR), createdAt: NOW },
    })
    await work.tx.reach.create({ data: { personId, channel: 'wecom', activeAt: NOW } })
    await work.tx.contactWay.create({
      data: { id: newId(), state: 's', label: '展会', personIds: [personId], createdById: personId, createdAt: NOW },
    })
  })
  await createDesk(bench.cast).sent('wmRenji', { by: userid })
  await point(personId, 'own')
  return personId
}

describe('two that are one', () => {
  it('all that was the one’s is the survivor’s, and nothing names the other any more', async () => {
    const loserId = await works('wanglei')
    const winnerId = await dingtalker('lin')
    const customers = await bench.db.customer.count({ where: { ownerId: loserId } })
    await join(winnerId, loserId)
    for (const name of await columnsOfPeople()) {
      const [table, column] = name.split('.')
      if (table === 'person_join' || column === 'person_ids') continue
      const rows = await bench.db.$queryRaw<unknown[]>`
        SELECT 1 FROM ${Prisma.raw(`"${table}"`)} t WHERE t.${Prisma.raw(`"${column}"`)} = ${loserId}::uuid`
      expect({ name, rows: rows.length }).toEqual({ name, rows: 0 })
    }
    expect(await bench.db.customer.count({ where: { ownerId: winnerId } })).toBe(customers)
    expect(await bench.db.person.findUnique({ where: { id: loserId } })).toMatchObject({ mergedIntoId: winnerId, roles: [] })
    expect(await bench.db.person.findUnique({ where: { id: winnerId } })).toMatchObject({ name: '王磊', roles: ['rep'] })
    const open = await bench.db.outbox.findMany({ where: { state: 'open' } })
    expect(open.filter(({ payload }) => JSON.stringify(payload).includes(loserId))).toEqual([])
    expect(await bench.db.card.count({ where: { subject: `uncaptured:${winnerId}:2026-11-23` } })).toBe(1)
    expect(await bench.db.rule.findFirst({ where: { name: 'phone-extensions' }, orderBy: { version: 'desc' } })).toMatchObject({
      value: [{ number: '8001', personId: winnerId }],
    })
  })

  it('whoever logs in as either is the survivor', async () => {
    const [winnerId, loserId] = [await bench.cast.personId('wanglei'), await dingtalker('lin')]
    await join(winnerId, loserId)
    expect(await inWork(bench.db, (work) => ensurePerson(work, as('lin')))).toBe(winnerId)
    await expect(getActor(bench.db, loserId)).rejects.toMatchObject({ code: 'not-a-member' })
    expect(await bench.db.auditEntry.count({ where: { verb: 'person-join' } })).toBeGreaterThan(0)
  })

  it('both have: one line of a contact, the later sign of life, the survivor’s number', async () => {
    const [winnerId, loserId] = [await works('wanglei'), await dingtalker('lin')]
    const contactId = await bench.cast.contactId('wmNew')
    await bench.db.follow.create({ data: { contactId, personId: loserId, since: at(-HOUR), remark: '钉钉备注' } })
    await bench.db.reach.createMany({
      data: [
        { personId: loserId, channel: 'wecom', activeAt: at(MINUTE) },
        { personId: loserId, channel: 'dingtalk', activeAt: NOW },
      ],
    })
    await point(loserId, 'other')
    await join(winnerId, loserId)
    expect(await bench.db.follow.findMany({ where: { contactId } })).toMatchObject([{ personId: winnerId, since: at(-HOUR) }])
    expect(await bench.db.reach.findMany({ where: { personId: winnerId }, orderBy: { channel: 'asc' } })).toMatchObject([
      { channel: 'dingtalk', activeAt: NOW },
      { channel: 'wecom', activeAt: at(MINUTE) },
    ])
    expect(await bench.db.contactPoint.findMany({ where: { personId: winnerId } })).toMatchObject([{ hash: 'own' }])
  })

  it('nobody ends up over themselves', async () => {
    const [winnerId, middle, loserId] = [
      await bench.cast.personId('wanglei'),
      await bench.cast.personId('chenjing'),
      await dingtalker('lin'),
    ]
    await bench.db.person.update({ where: { id: middle }, data: { managerId: loserId } })
    await bench.db.person.update({ where: { id: winnerId }, data: { managerId: middle } })
    await join(winnerId, loserId)
    expect(await bench.db.person.findUnique({ where: { id: middle } })).toMatchObject({ managerId: winnerId })
    expect(await bench.db.person.findUnique({ where: { id: winnerId } })).toMatchObject({ managerId: null })
  })

  it('撤销 leaves every row as it was, and they are never joined by themselves again', async () => {
    const [loserId, winnerId] = [await works('wanglei'), await dingtalker('lin')]
    await bench.db.follow.create({
      data: { contactId: await bench.cast.contactId('wmNew'), personId: winnerId, since: at(-HOUR) },
    })
    const before = await everything()
    const id = await join(winnerId, loserId)
    expect(await everything()).not.toEqual(before)
    await inWork(bench.db, (work) => undoJoin(work, 'system', id), at(2 * HOUR))
    expect(await everything()).toEqual(before)
    await inWork(bench.db, (work) => undoJoin(work, 'system', id), at(3 * HOUR))
    await point(winnerId, 'own', { proved: false, source: 'platform' })
    await inWork(bench.db, joinKnown)
    expect(await bench.db.personJoin.count({ where: { undoneAt: null } })).toBe(0)
  })

  it('twice, at once, and both ways round is once', async () => {
    const [a, b] = [await bench.cast.personId('wanglei'), await dingtalker('lin')]
    const all = await Promise.allSettled([join(a, b), join(b, a), join(a, b)])
    expect(all.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect(await bench.db.personJoin.count()).toBe(1)
  })
})

describe('a press while they are joined', () => {
  it('counts, whoever of the two commits first', async () => {
    const loserId = await bench.cast.personId('zhaoqiang')
    const winnerId = await dingtalker('zhao')
    const changeId = await bench.cast.captures('wmRenji')
    const ask = await bench.cast.askOf(changeId)
    await bench.db.ask.update({ where: { id: ask.id }, data: { askedAt: AFTER_UNDO } })
    const known = await bench.db.identity.findFirstOrThrow({ where: { personId: loserId, kind: 'member' } })
    const press = () =>
      inWork(
        bench.db,
        async (work) => {
          const actor = await getActor(work.tx, (await findPersonId(work, known)) as string)
          return answerAsk(work, actor, { askId: ask.id, verdict: 'can', note: null })
        },
        AFTER_UNDO,
      )
    const [joined, pressed] = await Promise.allSettled([join(winnerId, loserId), press()])
    expect([joined.status, pressed.status]).toEqual(['fulfilled', 'fulfilled'])
    expect(await bench.db.ask.findUnique({ where: { id: ask.id } })).toMatchObject({ verdict: 'can', answeredById: winnerId })
    expect(await bench.db.cardCopy.count({ where: { personId: loserId } })).toBe(0)
  })

  it('waits for the joining where it comes later, and is the survivor’s', async () => {
    const [winnerId, loserId] = [await bench.cast.personId('wanglei'), await dingtalker('lin')]
    let looked: Promise<string | null> | undefined
    await inWork(bench.db, async (work) => {
      await joinPersons(work, { winnerId, loserId, byId: null, why: 'phone' })
      looked = inWork(bench.db, (other) => findPersonId(other, as('lin')))
      // It can't have an answer before this commits.
      expect(await Promise.race([looked, new Promise((resolve) => setTimeout(() => resolve('waits'), 200))])).toBe('waits')
    })
    expect(await looked).toBe(winnerId)
  })

  it('what a page still wrote in the other’s name goes over afterwards', async () => {
    const [winnerId, loserId] = [await bench.cast.personId('wanglei'), await dingtalker('lin')]
    await join(winnerId, loserId)
    const row = { id: newId(), personId: loserId, text: '晚到', at: NOW, createdAt: NOW }
    await bench.db.task.create({ data: row })
    await inWork(bench.db, sweepJoined, at(HOUR + MINUTE))
    expect(await bench.db.task.findUnique({ where: { id: row.id } })).toMatchObject({ personId: winnerId })
  })
})
