import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll } from 'vitest'
import { contactSecrets, keepPhones, sealPhone } from '../../domain/contact/contact-phones.js'
import { createImport } from '../../domain/import/create-import.js'
import { openFile } from '../../domain/import/open-file.js'
import { startImport } from '../../domain/import/start-import.js'
import { viewImport } from '../../domain/import/view-import.js'
import type { Actor } from '../../domain/person/actor.js'
import { runImports } from '../../jobs/run-imports.js'
import { type Bells, createBells } from '../../lib/bells.js'
import { createClock } from '../../lib/clock.js'
import { newId, sha256 } from '../../lib/ids.js'
import { createLive, type Live } from '../../lib/live.js'
import { freshDb } from '../setup/db.js'
import { type FreshRedis, freshRedis } from '../setup/redis.js'
import { type Cast, createCast } from './cast.js'
import { keepLog } from './log.js'
import { inWork, NOW } from './work.js'

export const HEAD = ['公司', '联系人', '电话', '归属', '等级', '最后进货', '欠款']

/** 李娜 and her lists, for a file of tests; what is brought is taken in by the worker's own run. */
export function useImports() {
  const dataKey = randomBytes(32).toString('hex')
  const secrets = contactSecrets(dataKey)
  let database: Awaited<ReturnType<typeof freshDb>>
  let cast: Cast
  let lina: Actor
  const { log } = keepLog()
  let redis: FreshRedis
  let bells: Bells
  let live: Live
  beforeAll(async () => {
    ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
    bells = createBells(redis.url, log)
    live = createLive(redis.url, log)
    cast = await createCast(database.db)
    lina = await cast.actor('lina')
  })
  afterAll(async () => {
    await bells.close()
    live.close()
    await Promise.all([database.close(), redis.stop()])
  })

  const csv = (rows: string[][]) => Buffer.from([HEAD, ...rows].map((row) => row.join(',')).join('\n'))
  async function brings(rows: string[][], by = lina): Promise<string> {
    const file = csv(rows)
    const sheet = await openFile(file)
    const brought = { fileName: '客户.csv', hash: sha256(file), sheet, secrets }
    return (await inWork(database.db, (work) => createImport(work, by, brought))).id
  }
  const view = (id: string) => viewImport(database.db, lina, { id, secrets, now: NOW })
  const starts = (id: string) => inWork(database.db, (work) => startImport(work, lina, id))
  const deps = () => ({
    db: database.db,
    clock: createClock({ production: true, machineNow: () => NOW }),
    bells,
    live,
    log,
    dataKey,
  })
  const runs = async () => {
    while ((await database.db.customerImport.count({ where: { state: 'running' } })) > 0) await runImports(deps())
  }
  async function takes(rows: string[][]): Promise<string> {
    const id = await brings(rows)
    await starts(id)
    await runs()
    return id
  }
  const customer = (name: string) =>
    database.db.customer.findFirst({
      where: { name },
      include: { owner: true, contacts: { include: { phones: true, identities: true }, orderBy: { createdAt: 'asc' } } },
    })
  const counts = async () => ({
    customers: await database.db.customer.count(),
    contacts: await database.db.contact.count(),
    phones: await database.db.contactPhone.count(),
  })
  /** Somebody that 王磊 has in WeCom, without a company of ours. */
  async function inWecom(name: string, more: { phone?: string; corpName?: string; remark?: string } = {}): Promise<string> {
    const id = newId()
    const { phone, corpName = null, remark = null } = more
    await database.db.contact.create({ data: { id, name, corpName, createdAt: NOW } })
    const identity = { platform: 'wecom', organisation: 'ww', kind: 'external', value: `wo${id}`, contactId: id }
    await database.db.identity.create({ data: { id: newId(), ...identity } })
    await database.db.follow.create({ data: { contactId: id, personId: await cast.personId('wanglei'), since: NOW, remark } })
    const sealed = phone ? sealPhone(secrets, phone) : null
    if (sealed) await inWork(database.db, (work) => keepPhones(work, { contactId: id, phones: [sealed], source: 'remark' }))
    return id
  }

  return {
    db: () => database.db,
    cast: () => cast,
    lina: () => lina,
    ...{ secrets, brings, view, starts, runs, takes, customer, counts, inWecom },
  }
}
