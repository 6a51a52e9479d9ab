import { bodyOfEvent } from '../../channels/dingtalk/bodies.js'
import { takeFailedEvents } from '../../channels/dingtalk/failed-events.js'
import { readMissed } from '../../domain/missed-events/look.js'
import { defineEffect, done, skip } from '../define.js'

/** However long we were away, one look ends. */
const MOST_PAGES = 100

/**
 * Events that DingTalk could not deliver over HTTP, into the inbox, where one that was heard after all is known by its key.
 * What is read is gone from there: should this process die on the next line, the daily looks find what matters.
 */
export default defineEffect({
  name: 'fetch-missed-events',
  ifUnknown: 'repeat',
  async run({ dingtalk }) {
    if (!dingtalk) return skip('DingTalk is not set up')
    const { events, more } = await takeFailedEvents(dingtalk)
    const rows = events.map((event) => bodyOfEvent(event, { message: JSON.stringify(event), sentAt: event.TimeStamp }))
    // What happened to whom stays out of the row.
    return done({ rows, more, toJSON: () => ({ events: rows.length, more }) })
  },
  async keep(work, { slot, page }, { rows, more }) {
    const byKey = new Map(rows.map((row) => [row.key, row]))
    const data = [...byKey.keys()].sort().map((key) => ({ key }))
    const fresh = await work.tx.inboxKey.createManyAndReturn({ data, skipDuplicates: true })
    const news = fresh.flatMap(({ key }) => byKey.get(key) ?? [])
    await work.tx.inbox.createMany({ data: news.map((row) => ({ ...row, trace: work.trace })) })
    if (more && page < MOST_PAGES) await readMissed(work, { slot, page: page + 1 })
  },
})
