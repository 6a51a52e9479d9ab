import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Db } from '../lib/db.js'
import type { Streams } from './streams/hold-streams.js'

type Count = { state: string; n: bigint; oldest: number | null }

type Ours = { streams: Streams | null; machineNow: () => Date }

/** Counted from rows when asked: every process says the same, but for its own Stream connections. */
export function createMetrics(db: Db, { streams, machineNow }: Ours) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const gauge = (name: string, help: string) => new Gauge({ name, help, labelNames: ['state'], registers: [registry] })
  const inboxRows = gauge('bulou_inbox_rows', 'Inbox rows that are open or parked')
  const inboxAge = gauge('bulou_inbox_oldest_seconds', 'Age of the oldest inbox row')
  const outboxRows = gauge('bulou_outbox_rows', 'Outbox rows that are not done')
  const outboxAge = gauge('bulou_outbox_oldest_seconds', 'How long the oldest outbox row has been due')
  const reminders = gauge('bulou_reminders', 'Reminders by state')
  const overdue = new Gauge({
    name: 'bulou_reminders_overdue_seconds',
    help: 'How long the oldest reminder has been due and not looked at: above a few, no worker plans',
    registers: [registry],
  })
  const readStreams = streams && measureStreams(registry, streams, machineNow)

  return {
    contentType: registry.contentType,
    async read(): Promise<string> {
      const [inbox, outbox, open, [late]] = await Promise.all([
        db.$queryRaw<
          Count[]
        >`SELECT state::text, count(*) AS n, extract(epoch FROM now() - min(received_at))::float8 AS oldest FROM inbox WHERE state <> 'done' GROUP BY state`,
        db.$queryRaw<
          Count[]
        >`SELECT state::text, count(*) AS n, extract(epoch FROM now() - min(created_at))::float8 AS oldest FROM outbox WHERE state NOT IN ('done', 'withdrawn') GROUP BY state`,
        db.reminder.count({ where: { state: 'open' } }),
        db.$queryRaw<
          { seconds: number | null }[]
        >`SELECT extract(epoch FROM now() - min(due_at))::float8 AS seconds FROM reminder WHERE state = 'open' AND due_at IS NOT NULL`,
      ])
      fill(inboxRows, inboxAge, ['open', 'parked'], inbox)
      fill(outboxRows, outboxAge, ['open', 'failed', 'unknown', 'expired'], outbox)
      reminders.set({ state: 'open' }, open)
      overdue.set(Math.max(0, late?.seconds ?? 0))
      readStreams?.()
      return registry.metrics()
    },
  }
}

function measureStreams(registry: Registry, streams: Streams, machineNow: () => Date): () => void {
  const open = new Gauge({
    name: 'bulou_dingtalk_streams_open',
    help: 'Stream connections to DingTalk that stand: in this process, in all',
    labelNames: ['where'],
    registers: [registry],
  })
  let age: Gauge | undefined
  return () => {
    const status = streams.status()
    open.set({ where: 'process' }, status.open)
    open.set({ where: 'all' }, status.standing)
    // Not there before the first: an age of nothing is none.
    if (status.lastFrameAt === null) return
    age ??= new Gauge({
      name: 'bulou_dingtalk_stream_last_frame_seconds',
      help: 'How long ago this process last heard a frame',
      registers: [registry],
    })
    age.set(Math.max(0, machineNow().getTime() - status.lastFrameAt) / 1000)
  }
}

function fill(rows: Gauge<'state'>, age: Gauge<'state'>, states: string[], counts: Count[]): void {
  for (const state of states) {
    const count = counts.find((one) => one.state === state)
    rows.set({ state }, Number(count?.n ?? 0))
    age.set({ state }, count?.oldest ?? 0)
  }
}
