import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Db } from '../lib/db.js'

type Count = { state: string; n: bigint; oldest: number | null }

/** Counted from rows when asked: every process says the same. */
export function createMetrics(db: Db) {
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
      return registry.metrics()
    },
  }
}

function fill(rows: Gauge<'state'>, age: Gauge<'state'>, states: string[], counts: Count[]): void {
  for (const state of states) {
    const count = counts.find((one) => one.state === state)
    rows.set({ state }, Number(count?.n ?? 0))
    age.set({ state }, count?.oldest ?? 0)
  }
}
