import { createDingtalkChannel } from '../channels/dingtalk/send.js'
import { openPlatforms } from '../channels/open-platforms.js'
import { createArchive } from '../channels/wecom/archive/puller.js'
import { createWecom } from '../channels/wecom/client.js'
import { createWecomChannel } from '../channels/wecom/send.js'
import { createGroupWebhook } from '../channels/wecom/webhook.js'
import { seal } from '../domain/audit/seal.js'
import { createMeter } from '../domain/budget/create-meter.js'
import { createBells } from '../lib/bells.js'
import { createClock } from '../lib/clock.js'
import { loadConfig } from '../lib/config.js'
import { createDb } from '../lib/db.js'
import { newId } from '../lib/ids.js'
import { createLive } from '../lib/live.js'
import { loadDir } from '../lib/load-dir.js'
import { createLog } from '../lib/log.js'
import { createShelf } from '../lib/shelf.js'
import { createShutdown } from '../lib/shutdown.js'
import { doChores } from './chores.js'
import type { Effect } from './define.js'
import { createDelivery } from './deliver.js'
import { createOutlets } from './outlets.js'
import { plan, ringAhead } from './planner.js'
import { createArchivePull } from './pull-archive.js'
import { createRelay } from './relay.js'
import { forget } from './retention.js'
import { runImports } from './run-imports.js'
import { createBudgetWatch } from './watch-budget.js'
import { createClockWatch } from './watch-clock.js'

/** The worker process, the only file here with side effects. Acts later; several may run. */
const config = start()
const log = createLog(config.logLevel, 'worker')
const shutdown = createShutdown(log)
const db = createDb(config.databaseUrl)
const bells = createBells(config.redisUrl, log)
const live = createLive(config.redisUrl, log)
const clock = createClock(config)
const shelf = createShelf(config.redisUrl, { dataKey: config.dataKey, log })
const workerId = newId()
const { machineNow } = clock
const meter = createMeter({ db, platform: 'dingtalk', machineNow, log })
const { wecom, dingtalk } = openPlatforms(config, {
  machineNow,
  log,
  shelf,
  onDingtalkCall: ({ api, paid, what }) => paid && meter.count(what, api),
})
const settings = config.wecom?.archive ?? null
const archive = settings
  ? createArchive({ settings: { corpId: wecom.settings.corpId, production: config.production, ...settings }, log })
  : null
/** The archive answers its own secret only. */
const archiveApi = (secret: string) => createWecom({ settings: { ...wecom.settings, secret }, machineNow, log, shelf })
const groups = createGroupWebhook({ apiBase: wecom.settings.apiBase, log })
const effects = await loadDir<Effect>(new URL('./effects/', import.meta.url), ['ifUnknown', 'run'])
const outlets = createOutlets(config, {
  group: { keys: config.wecom?.groups ?? {}, sendMarkdown: groups.sendMarkdown },
  archive: archive && settings ? { media: archive.media, api: archiveApi(settings.secret) } : null,
})
const delivery = createDelivery({
  db,
  clock,
  bells,
  live,
  log,
  effects,
  channels: { wecom: config.wecom && createWecomChannel(wecom), dingtalk: dingtalk && createDingtalkChannel(dingtalk) },
  wecom,
  dingtalk,
  outlets,
  leaseMs: config.outboxLeaseMs,
  stuckMs: config.outboxStuckMs,
})

const archivePull = archive ? createArchivePull({ db, clock, bells, live, archive, log }) : null

const relay = createRelay(log, [
  { name: 'outbox', everyMs: 1_000, run: () => delivery.run() },
  { name: 'reminders', everyMs: 1_000, run: () => plan({ db, clock, bells, live }) },
  { name: 'bells of the next hour', everyMs: 60_000, run: () => ringAhead({ db, clock, bells, live }) },
  ...(config.production ? [] : [{ name: 'clock', everyMs: 1_000, run: createClockWatch({ db, live }) }]),
  { name: 'audit', everyMs: 1_000, run: () => seal(db) },
  { name: 'expiry', everyMs: 30_000, run: () => delivery.expire() },
  ...(archivePull
    ? [
        { name: 'archive', everyMs: 60_000, run: () => archivePull.run() },
        // Nobody can ring: a customer's words must not wait a minute for that.
        {
          name: 'archive without bells',
          everyMs: 3_000,
          run: async () => void ((await bells.up()) || (await archivePull.run())),
        },
      ]
    : []),
  {
    name: 'chores',
    everyMs: 15_000,
    run: () => doChores({ db, clock, bells, live }, { sms: outlets.sms.why, mail: outlets.mail.why }, config),
  },
  ...(config.dingtalk
    ? [{ name: 'budget', everyMs: 60_000, run: createBudgetWatch({ db, clock, bells, live, meter }, config.dingtalk.quota) }]
    : []),
  { name: 'imports', everyMs: 2_000, run: () => runImports({ db, clock, bells, live, log, dataKey: config.dataKey }) },
  { name: 'retention', everyMs: 3_600_000, run: () => forget(db, clock.machineNow()) },
  { name: 'beat', everyMs: 10_000, run: () => beat() },
])

bells.answer('outbox', 1, () => delivery.run())
bells.answer('reminders', 1, () => plan({ db, clock, bells, live }))
// Not awaited: rings that piled up while no worker was there are one pull, not one each.
if (archivePull) bells.answer('archive', 1, async () => void archivePull.run())

// First, because a pull may wait for the platform longer than we may take to stop.
if (archive) shutdown.add('archive', () => archive.stop())
shutdown.add('timers', () => relay.stop())
shutdown.add('finish what was begun', () => delivery.close())
shutdown.add('what was used', () => meter.close())
shutdown.add('bells', () => bells.close())
shutdown.add('live', () => live.close())
shutdown.add('shelf', () => shelf.close())
shutdown.add('database', () => db.$disconnect())
log.info({ effects: [...effects.keys()] }, 'worker ready')

async function beat(): Promise<void> {
  const at = clock.machineNow()
  await db.workerBeat.upsert({ where: { worker: workerId }, create: { worker: workerId, at }, update: { at } })
  await db.workerBeat.deleteMany({ where: { at: { lt: new Date(at.getTime() - 3_600_000) } } })
}

function start() {
  try {
    return loadConfig(process.env)
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}
