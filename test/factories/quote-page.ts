import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { Db } from '../../lib/db.js'
import { newId } from '../../lib/ids.js'
import { freshDb } from '../setup/db.js'
import { freshRedis } from '../setup/redis.js'
import { type Cast, createCast } from './cast.js'
import { type SentOne, sendOne } from './sent-quote.js'
import { type Server, startServer } from './server.js'
import { MINUTE, NOW } from './work.js'

export const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.49'
export const seeing = { opening: true, sections: { head: 3, terms: 4 }, stoppedAt: 'terms' }
export const accepting = { kind: 'accept', name: '刘建国', phone: '138 1234 5678', signature: null }
/** The cookie by which a device is known again. */
export const deviceOf = (answer: { headers: Headers }) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''

type Phone = { cookie?: string; 'user-agent'?: string; [name: string]: string | undefined }
const asPhone = (more: Phone = {}) => ({ 'user-agent': IPHONE, ...more }) as Record<string, string>

/** The customer's side of quotes: a server, what was sent to somebody, and a phone that opens it. */
export function useQuotePage(env: Record<string, string> = {}) {
  const scene = {} as { db: Db; server: Server; cast: Cast; now: Date }
  const close: (() => Promise<unknown>)[] = []
  scene.now = NOW

  beforeAll(async () => {
    const [database, redis] = await Promise.all([freshDb(), freshRedis()])
    const server = await startServer({ database: database.url, redis: redis.url, env, machineNow: () => scene.now })
    Object.assign(scene, { db: database.db, server, cast: await createCast(database.db) })
    close.push(
      () => server.close(),
      () => Promise.all([database.close(), redis.stop()]),
    )
  })
  // Each test begins with nobody having knocked.
  beforeEach(() => {
    scene.now = new Date(scene.now.getTime() + 2 * MINUTE)
  })
  afterAll(async () => {
    for (const one of close) await one()
  })

  return {
    scene,
    send: (sending: Parameters<typeof sendOne>[2] = {}) => sendOne(scene.db, scene.cast, { at: scene.now, ...sending }),
    open: (token: string, more: Phone = {}) => scene.server.call('GET', `/q/${token}`, { headers: asPhone(more) }),
    sees: (token: string, more: Phone = {}, body: object = seeing) =>
      scene.server.call('POST', `/q/${token}/seen`, { headers: asPhone(more), body }),
    says: (token: string, body: object, more: Phone = {}) =>
      scene.server.call('POST', `/q/${token}/answers`, { headers: asPhone(more), body: { requestId: newId(), ...body } }),
    stamp: (token: string, data: Buffer) =>
      scene.server.call('POST', `/q/${token}/stamp`, {
        headers: asPhone({ 'content-type': 'application/octet-stream' }),
        body: new Blob([new Uint8Array(data)]),
      }),
    visits: ({ linkId }: SentOne) => scene.db.quoteVisit.findMany({ where: { linkId }, orderBy: { number: 'asc' } }),
    /** What was sent can't be changed, so its last day is moved behind the trigger's back. */
    expire: ({ versionId }: SentOne) =>
      scene.db.$transaction([
        scene.db.$executeRaw`ALTER TABLE quote_version DISABLE TRIGGER quote_version_is_final`,
        scene.db.quoteVersion.update({ where: { id: versionId }, data: { validUntil: new Date(scene.now.getTime() - 1) } }),
        scene.db.$executeRaw`ALTER TABLE quote_version ENABLE TRIGGER quote_version_is_final`,
      ]),
    withdraw: ({ versionId }: SentOne) =>
      scene.db.quoteVersion.update({ where: { id: versionId }, data: { withdrawnAt: scene.now } }),
    revoke: ({ linkId }: SentOne) => scene.db.quoteLink.update({ where: { id: linkId }, data: { revokedAt: scene.now } }),
  }
}
