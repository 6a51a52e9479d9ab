import { laneOf, later } from '../../domain/outbox.js'
import { defineEvent } from '../define.js'
import { readStaff } from '../read-staff.js'

/** Something in colleagues' entries changed, the event doesn't say what: they are read anew (address-book-user-change). */
export default defineEvent({
  name: 'user-modify-org',
  async run(ctx, data, at) {
    for (const personId of await readStaff(ctx, data))
      await later(ctx.work, {
        kind: 'fetch-member',
        key: `fetch-member:${personId}:${at.getTime()}`,
        lane: laneOf(personId),
        payload: { personId },
      })
  },
})
