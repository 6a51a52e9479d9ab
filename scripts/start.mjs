// `npm start` (server and worker together), `npm run start:server`, `npm run start:jobs`: production, from dist/.
// Without DATABASE_URL or REDIS_URL the embedded ones serve, durable, with their data in BULOU_HOME.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openPair } from './embedded/pair.mjs'
import { homeFolder, root } from './host/paths.mjs'
import { createSay, finish } from './host/say.mjs'
import { stayUntilStopped } from './host/stay.mjs'
import { answersAt, supervise } from './host/supervise.mjs'

const say = createSay()
const wanted = process.argv[2] ? [process.argv[2]] : ['server', 'jobs']

await finish(async () => {
  if (!existsSync(join(root, 'dist/bot-server/main.js'))) throw new Error('There is no build yet. Run: npm run build')
  if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'))
  const env = { ...process.env, NODE_ENV: process.env.NODE_ENV || 'production' }
  env.BULOU_HOME = env.DATABASE_URL && env.REDIS_URL ? env.BULOU_HOME : homeFolder()

  // Every missing secret is named before anything is started.
  const { loadConfig } = await import('../dist/lib/config.js')
  const { server } = loadConfig({
    ...env,
    DATABASE_URL: env.DATABASE_URL || 'postgresql://later',
    REDIS_URL: env.REDIS_URL || 'redis://later',
  })

  await stayUntilStopped(say, async (onStop) => {
    const want = [...(env.DATABASE_URL ? [] : ['postgres']), ...(env.REDIS_URL ? [] : ['redis'])]
    if (want.length) {
      const pair = await openPair({ home: env.BULOU_HOME, want, say })
      onStop(() => pair.release())
      env.DATABASE_URL ||= pair.postgres
      env.REDIS_URL ||= pair.redis
    }
    const { migrate } = await import('../dist/lib/migrate.js')
    for (const name of await migrate(env.DATABASE_URL)) say(`Migrated: ${name}`)

    const host = server.host === '0.0.0.0' ? '127.0.0.1' : server.host
    const all = {
      server: {
        name: 'server',
        args: ['dist/bot-server/main.js'],
        env,
        isReady: answersAt(`http://${host}:${server.port}/readyz`),
      },
      jobs: { name: 'worker', args: ['dist/jobs/main.js'], env, readyWords: 'worker ready' },
    }
    const group = supervise({
      members: wanted.map((name) => all[name]),
      cwd: root,
      write: (_, text) => process.stdout.write(text),
      say,
    })
    onStop(() => group.stop())
    await group.start()
    say(
      wanted.includes('server')
        ? `Bulou listens on port ${server.port}; people reach it at ${server.publicUrl}`
        : 'The worker runs.',
    )
  })
})
