import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createClock } from '../../lib/clock.js'
import { createDb, transact } from '../../lib/db.js'
import { createSecrets } from '../../lib/secret.js'
import { type DemoCatalogue, seedCatalogue } from './seed-catalogue.js'
import { type DemoWorld, seedDemo } from './seed-demo.js'

/** `tsx prisma/seed/run.ts`: the demo organisation, into the database of DATABASE_URL. Run again it adds nothing. */
const { DATABASE_URL, DATA_KEY, STANDIN_WORLD, NODE_ENV, DINGTALK_CLIENT_ID, DINGTALK_CORP_ID } = process.env
if (!DATABASE_URL) throw new Error('DATABASE_URL is missing')
if (NODE_ENV === 'production') throw new Error('The demo organisation is never put into production')

const world = JSON.parse(
  await readFile(STANDIN_WORLD ?? fileURLToPath(new URL('./demo.json', import.meta.url)), 'utf8'),
) as DemoWorld
const catalogue = JSON.parse(await readFile(new URL('./catalogue.json', import.meta.url), 'utf8')) as DemoCatalogue
const db = createDb(DATABASE_URL, 2)
const clock = createClock({ production: false })
// Phones and mail addresses are sealed with the key of who will open them.
const points = DATA_KEY ? createSecrets(DATA_KEY, 'contact-point') : undefined
try {
  const seeded = await transact(db, async (tx) => {
    const work = { tx, now: await clock.now(tx), trace: 'seed', touched: new Set<string>(), due: [], wake: [] }
    const isNew = await seedDemo(work, world, points, DINGTALK_CLIENT_ID ? DINGTALK_CORP_ID : undefined)
    if (isNew) await seedCatalogue(work, catalogue)
    return isNew
  })
  console.log(seeded ? 'Demo organisation seeded.' : 'Demo organisation already there.')
} finally {
  await db.$disconnect()
}
