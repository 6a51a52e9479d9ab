// `npm run demo`: everything on a fresh machine, from the dependencies to the desk's address. `--reset` begins anew.
import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { demoPorts } from './demo/address.mjs'
import { demoCard } from './demo/card.mjs'
import { demoDatabase, fillDatabase } from './demo/database.mjs'
import { demoSecrets } from './demo/secrets.mjs'
import { demoEnv } from './demo/settings.mjs'
import { openPair } from './embedded/pair.mjs'
import { readIfThere, writeAtomic } from './host/files.mjs'
import { holderOf, tryLock } from './host/lock.mjs'
import { homeFolder, root } from './host/paths.mjs'
import { createSay } from './host/say.mjs'
import { stayUntilStopped } from './host/stay.mjs'
import { answersAt, supervise } from './host/supervise.mjs'
import { buildPages } from './pages.mjs'
import { prepare } from './prepare.mjs'

const say = createSay()
const reset = process.argv.includes('--reset')
const { DATABASE_URL: ownDatabase, REDIS_URL: ownRedis } = process.env

await stayUntilStopped(say, async (onStop) => {
  await prepare(say)
  const home = homeFolder()
  const cardFile = join(home, 'demo.json')
  const earlier = JSON.parse(readIfThere(cardFile) ?? 'null')

  const lock = join(home, 'demo.lock')
  const release = tryLock(lock)
  if (!release)
    throw new Error(
      `The demo already runs (process ${holderOf(lock)})${earlier ? `: ${earlier.desk}` : ', and is still starting.'}`,
    )
  onStop(async () => release())
  const { port, productPort, smtpPort } = await demoPorts({ earlier, say })
  rmSync(cardFile, { force: true })
  if (reset) forget(home)

  const want = [...(ownDatabase ? [] : ['postgres']), ...(ownRedis ? [] : ['redis'])]
  const opening = want.length ? openPair({ home, want, say }) : Promise.resolve(null)
  opening.then((pair) => pair && onStop(() => pair.release())).catch(() => {})
  const [pair] = await Promise.all([opening, buildPages(say)])
  const databaseUrl = ownDatabase || (await demoDatabase(pair.postgres, { reset }))
  const env = demoEnv({
    home,
    port,
    productPort,
    smtpPort,
    secrets: demoSecrets(home),
    databaseUrl,
    redisUrl: ownRedis || pair.redis,
    dingtalk: 'stream',
  })
  await fillDatabase(env, say)

  say('Starting the server, the worker and the stand-in platform…')
  const ts = (file) => ['--import', 'tsx', join(root, file)]
  const group = supervise({
    members: [
      { name: 'server', args: ts('bot-server/main.ts'), env, isReady: answersAt(`http://127.0.0.1:${productPort}/readyz`) },
      { name: 'worker', args: ts('jobs/main.ts'), env, readyWords: 'worker ready' },
      { name: 'standin', args: ts('simulator/main.ts'), env, readyWords: 'stand-in ready' },
    ],
    cwd: root,
    write: logsIn(join(home, 'logs')),
    say,
    changed: () => writeCard(),
  })
  const writeCard = () => {
    const card = demoCard({ env, home, port, pids: { demo: process.pid, ...group.pids() } })
    writeAtomic(cardFile, `${JSON.stringify(card, null, 2)}\n`, 0o600)
    return card
  }
  onStop(async () => rmSync(cardFile, { force: true }))
  onStop(() => group.stop())
  await group.start()
  const card = writeCard()
  say(`Addresses, ids and secrets: ${cardFile}; logs: ${card.logs}. Ctrl-C stops everything.`)
  console.log(`\n  Bulou 不漏: ${card.desk}\n`)
})

/** Only the embedded database is the demo's to empty. */
function forget(home) {
  if (ownDatabase || ownRedis)
    throw new Error(
      '--reset empties the embedded database only. Yours (DATABASE_URL, REDIS_URL) is left alone: empty it yourself.',
    )
  say('Forgetting the data of the last demo…')
  const idle = holderOf(join(home, 'keeper.lock')) === null
  for (const name of ['standin.jsonl', 'secrets.json', 'logs', ...(idle ? ['redis'] : [])])
    rmSync(join(home, name), { recursive: true, force: true })
}

/** One file a process; the last 10 MB and what came before them. */
function logsIn(folder) {
  mkdirSync(folder, { recursive: true })
  return (name, text) => {
    const file = join(folder, `${name}.log`)
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 10_000_000) renameSync(file, `${file}.1`)
    appendFileSync(file, text, { mode: 0o600 })
  }
}
