import { afterAll, beforeAll, beforeEach } from 'vitest'
import { keepTold } from '../../domain/reach/keep-told.js'
import { pointSecrets } from '../../domain/reach/point-secrets.js'
import { freshDb } from '../setup/db.js'
import type { Cast } from './cast.js'
import { createChain } from './chain.js'
import { inWork } from './work.js'

export const points = pointSecrets('k'.repeat(32))
/** Both outlets beside the chat are set up. */
export const outletsOn = { sms: null, mail: null }

/** How a colleague is reached, 王磊: by nothing but WeCom yet, of which nothing is known. Again so for each test. */
export function useReach() {
  let database: Awaited<ReturnType<typeof freshDb>>
  let cast: Cast
  let wang: string
  beforeAll(async () => {
    database = await freshDb()
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    await database.db.$executeRaw`TRUNCATE chore, contact_code, contact_point, reach, reach_try CASCADE`
    ;({ cast } = await createChain(database.db))
    await database.db.contactPoint.deleteMany()
    wang = await cast.personId('wanglei')
  })

  return {
    get db() {
      return database.db
    },
    get cast() {
      return cast
    },
    /** 王磊’s id. */
    get wang() {
      return wang
    },
    /** WeCom tells of 王磊’s number and addresses; which of the channels are now known. */
    told: (told: { mobile: string | null; email: string | null; bizMail: string | null } | null) =>
      inWork(database.db, (work) => keepTold(work, points, { personId: wang, told })),
  }
}
