import { afterAll, beforeAll, beforeEach } from 'vitest'
import { joinPersons } from '../../domain/person-join/join-persons.js'
import { newId } from '../../lib/ids.js'
import { freshDb } from '../setup/db.js'
import type { Cast } from './cast.js'
import { createChain } from './chain.js'
import { corp, createLooks } from './listed.js'
import { at, HOUR, inWork, NOW } from './work.js'

/** People of two apps, of whom some are one. A bare organisation again for each test. */
export function useJoining() {
  let database: Awaited<ReturnType<typeof freshDb>>
  let cast: Cast
  beforeAll(async () => {
    database = await freshDb()
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    ;({ cast } = await createChain(database.db))
    await database.db.$executeRaw`TRUNCATE person_join, person_apart, chore`
  })

  return {
    get db() {
      return database.db
    },
    get cast() {
      return cast
    },
    /** An account in DingTalk. */
    as: (value: string) => ({ platform: 'dingtalk', organisation: corp, kind: 'member', value }),
    /** Somebody whom only DingTalk knows. */
    async dingtalker(value: string, name = value): Promise<string> {
      const id = await createLooks(database.db).member(value)
      await database.db.person.update({ where: { id }, data: { name } })
      return id
    },
    join: (winnerId: string, loserId: string) =>
      inWork(database.db, (work) => joinPersons(work, { winnerId, loserId, byId: null, why: 'phone' }), at(HOUR)),
    /** A number of theirs: typed by them and proved, unless told otherwise. */
    point: (personId: string, hash: string, { proved = true, source = 'typed' } = {}) =>
      database.db.contactPoint.create({
        data: {
          ...{ id: newId(), personId, channel: 'sms', sealed: 's', hash, source },
          provedAt: proved ? NOW : null,
          createdAt: NOW,
        },
      }),
  }
}
