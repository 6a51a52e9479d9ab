import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { clientOf, goodToken, serveQyapi } from '../../channels/wecom/fixtures/qyapi.js'
import { syncDaily } from '../../domain/follow/start-sync.js'
import { freshDb } from '../setup/db.js'
import { type Cast, organisation } from './cast.js'
import { createChain } from './chain.js'
import { doEffects } from './effects.js'
import { contactEvent, tellEvent } from './event.js'
import { inWork } from './work.js'

export const SYNC = [
  'list-followers',
  'list-contacts',
  'backfill-contacts',
  'fetch-contact',
  'list-groups',
  'fetch-group',
  'fetch-tags',
]
const seconds = (when: Date) => Math.floor(when.getTime() / 1000)

type Follower = { userid: string; createtime: number } & Record<string, unknown>

/** A customer's profile as the platform tells it. */
export const profile = (external_userid: string, follow_user: Follower[], more = {}) => ({
  external_contact: { external_userid, name: `微信${external_userid}`, avatar: 'https://p.qlogo.cn/a', type: 1, ...more },
  follow_user,
})
/** Who has had them since when, in a profile. */
export const since = (userid: string, when: Date, more = {}): Follower => ({ userid, createtime: seconds(when), ...more })
/** One line of a page of somebody's customers. */
export const line = (external_userid: string, follow_info: Follower) => ({
  external_contact: { external_userid, name: `微信${external_userid}`, type: 1 },
  follow_info,
})
/** A member who has no customers, or a customer who is nobody's. */
export const nobody = { errcode: 84061, errmsg: 'not external contact' }

/** Contacts read from a platform: one that answers, and what came of it. Empty again for each test. */
export function useSync() {
  let database: Awaited<ReturnType<typeof freshDb>>
  let cast: Cast
  let close: () => Promise<void> = async () => {}
  beforeAll(async () => {
    database = await freshDb()
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    await database.db.$executeRaw`TRUNCATE touch, first_contact, customer_group, group_member, chore, contact_phone CASCADE`
    ;({ cast } = await createChain(database.db))
  })
  afterEach(() => close())

  return {
    get db() {
      return database.db
    },
    get cast() {
      return cast
    },
    /** The platform with these answers; the one before is gone. `act` does what our side asks of it. */
    async platform(answers: Parameters<typeof serveQyapi>[0]) {
      await close()
      const api = await serveQyapi({
        gettoken: [goodToken()],
        'externalcontact/groupchat/list': [{ group_chat_list: [] }],
        'externalcontact/get_corp_tag_list': [{ tag_group: [] }],
        ...answers,
      })
      close = api.close
      const { wecom } = clientOf(api.base, undefined, { corpId: organisation })
      return { ...api, wecom, act: (now: Date, until = now) => doEffects(cast.db, wecom, SYNC, { now, until }) }
    },
    touches: () => cast.db.touch.findMany({ orderBy: [{ at: 'asc' }, { key: 'asc' }] }),
    firstContacts: () => cast.db.firstContact.count({ where: { state: 'open' } }),
    follow: async (external: string, userid = 'wanglei') =>
      cast.db.follow.findFirst({ where: { personId: await cast.personId(userid), contactId: await cast.contactId(external) } }),
    sync: (day: string, when: Date) => inWork(cast.db, (work) => syncDaily(work, day), when),
    add: (external: string, when: Date, more = {}) =>
      tellEvent(cast.db, contactEvent('add_external_contact', 'wanglei', external, more), { at: when }),
  }
}
