import { ChannelError } from '../../channels/channel-error.js'
import { type DialRecord, dialPage, getDialRecords } from '../../channels/wecom/dial.js'
import { askForDials, noteDialRead } from '../../domain/call/dial-window.js'
import { sha256 } from '../../lib/ids.js'
import { type Done, defineEffect, done } from '../define.js'

type Row = { key: string; lane: string; body: string }
/** What is kept of it is read by people: no numbers. */
type Page = { rows: Row[]; last: boolean; why: string | null; toJSON(): object }

/**
 * One page of 公费电话 records, into the inbox; the next one is a row of its own, so that a stretch of days is read on where it
 * stopped. Reading twice is harmless. Who has no right to read them says so and is quiet: most organisations don't have them.
 */
export default defineEffect({
  name: 'fetch-dial-records',
  ifUnknown: 'repeat',
  async run({ wecom }, { from, until, offset }): Promise<Done<Page>> {
    try {
      const records = await getDialRecords(wecom, { from: new Date(from), until: new Date(until), offset })
      return done(page(records.flatMap(rowsOf), { last: records.length < dialPage, why: null }))
    } catch (error) {
      if (!(error instanceof ChannelError) || error.kind === 'retry' || error.kind === 'refresh') throw error
      return done(page([], { last: true, why: error.hint }))
    }
  },
  async keep(work, { from, until, offset }, { rows, last, why }) {
    const byKey = new Map(rows.map((row) => [row.key, row]))
    const data = [...byKey.keys()].sort().map((key) => ({ key }))
    const fresh = await work.tx.inboxKey.createManyAndReturn({ data, skipDuplicates: true })
    const news = fresh.flatMap(({ key }) => byKey.get(key) ?? [])
    await work.tx.inbox.createMany({ data: news.map((row) => ({ ...row, source: 'calls', trace: work.trace })) })
    if (last) await noteDialRead(work, { until, why })
    else await askForDials(work, { from, until, offset: offset + dialPage })
  },
})

const page = (rows: Row[], said: { last: boolean; why: string | null }): Page => ({
  ...{ rows, ...said },
  toJSON: () => ({ calls: rows.length, ...said }),
})

/** A call to several numbers is a call with each of them. A colleague who was called is no customer. */
function rowsOf({ at, caller, callees }: DialRecord): Row[] {
  return callees.flatMap(({ phone, minutes }) => {
    if (!phone || !caller.userid) return []
    const body = JSON.stringify({
      source: 'dial',
      userid: caller.userid,
      phone,
      startedAt: at.toISOString(),
      seconds: minutes * 60,
    })
    const key = sha256(body)
    return [{ key: `calls:${key}`, lane: `calls:${key.slice(0, 24)}`, body }]
  })
}
