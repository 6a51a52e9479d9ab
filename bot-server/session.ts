import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Db } from '../lib/db.js'

export const SESSION_COOKIE = 'bulou_session'
const LIFE_MS = 7 * 24 * 3_600_000

/**
 * A session is a row; the cookie is a random token and its signature. The row holds a keyed hash only, so the table lets
 * nobody in, and a cookie that we never signed costs no query.
 */
export function createSessions(db: Db, secret: string, machineNow: () => Date) {
  const mac = (purpose: string, value: string) => createHmac('sha256', secret).update(`${purpose}:${value}`).digest('base64url')
  const hashOf = (token: string) => mac('session-row', token)

  return {
    sign: (value: string) => `${value}.${mac('cookie', value)}`,
    /** The signed value, or null when it isn't ours. */
    unsign(cookie: string | undefined): string | null {
      const at = cookie?.lastIndexOf('.') ?? -1
      if (!cookie || at < 1) return null
      const value = cookie.slice(0, at)
      const given = Buffer.from(cookie.slice(at + 1))
      const real = Buffer.from(mac('cookie', value))
      return given.length === real.length && timingSafeEqual(given, real) ? value : null
    },
    /** Returns the cookie's value. */
    async open(personId: string, platform: string): Promise<string> {
      const token = randomBytes(32).toString('base64url')
      const now = machineNow()
      await db.session.create({
        data: { tokenHash: hashOf(token), personId, platform, createdAt: now, expiresAt: new Date(now.getTime() + LIFE_MS) },
      })
      return this.sign(token)
    },
    async find(cookie: string | undefined): Promise<{ personId: string; platform: string } | null> {
      const token = this.unsign(cookie)
      if (!token) return null
      const session = await db.session.findUnique({ where: { tokenHash: hashOf(token) } })
      if (!session || session.revokedAt || session.expiresAt <= machineNow()) return null
      return session
    },
    async close(cookie: string | undefined): Promise<void> {
      const token = this.unsign(cookie)
      if (token) await db.session.updateMany({ where: { tokenHash: hashOf(token) }, data: { revokedAt: machineNow() } })
    },
  }
}
export type Sessions = ReturnType<typeof createSessions>
