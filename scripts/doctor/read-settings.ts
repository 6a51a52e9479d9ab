import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { openPair } from '../embedded/pair.mjs'
import { holderOf } from '../host/lock.mjs'
import { homeFolder, root } from '../host/paths.mjs'
import { readDemo } from './read-demo.js'
import type { Env } from './subject.js'

type Read = { env: Env; strangers: string[]; release: () => Promise<void> }

/** The settings as `npm start` would see them: the environment over .env; or those of the running demo. */
export async function readSettings({ demo, processEnv }: { demo: boolean; processEnv: Env }): Promise<Read> {
  if (demo) return { env: readDemo(join(homeFolder(), 'demo.json')), strangers: [], release: async () => {} }
  const file = join(root, '.env')
  const written = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
  const env: Env = { ...written, ...processEnv }
  // As npm start does: production unless somebody says otherwise.
  env.NODE_ENV ||= 'production'
  return { env, strangers: strangersIn(Object.keys(written)), release: await joinPair(env) }
}

/** A name that stands nowhere in .env.example is most likely mistyped, and nothing would ever say so. */
export function strangersIn(names: string[]): string[] {
  const known = new Set(Object.keys(parseEnv(readFileSync(join(root, '.env.example'), 'utf8'))))
  const isFurtherCallback = (name: string) => /^WECOM_[A-Z0-9]+_(TOKEN|AES_KEY)$/.test(name)
  return names
    .filter((name) => /^(WECOM|DINGTALK|SMS|MAIL|CALLS|VERIFY|BULOU|PUBLIC|QUOTE|WECHAT|REDIS|DATABASE|SESSION|DATA)_/.test(name))
    .filter((name) => !known.has(name) && !isFurtherCallback(name))
}

/** Left empty, DATABASE_URL and REDIS_URL are the embedded pair's, if it runs. Looked at, never started. */
async function joinPair(env: Env): Promise<() => Promise<void>> {
  const want = [...(env.DATABASE_URL ? [] : ['postgres' as const]), ...(env.REDIS_URL ? [] : ['redis' as const])]
  if (want.length === 0) return async () => {}
  const home = homeFolder()
  if (!holderOf(join(home, 'keeper.lock'))) return async () => {}
  const pair = await openPair({ home, want, say: () => {} })
  env.DATABASE_URL ||= pair.postgres
  env.REDIS_URL ||= pair.redis
  return () => pair.release()
}
