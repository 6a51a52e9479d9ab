import { expect, it } from 'vitest'
import { createClock } from '../../lib/clock.js'
import { hold } from './hold.js'
import { closeReminderBooks } from './reminder-books.js'
import { comeToRest } from './settle.js'
import type { Stage } from './stage.js'

const WAIT = { ms: 60_000 }

/** What those who ask for a reminder and look for it do. */
export function reminding(stage: Stage) {
  const businessNow = () => createClock({ production: false }).now(stage.rig.db)

  /** 提醒我, as a person asks for it on a page: due so long from now. Returns the task's id. */
  const remind = async (userid: string, inMs: number): Promise<string> => {
    const at = new Date((await businessNow()).getTime() + inMs).toISOString()
    const answer = await stage.traffic.client(userid).insist('POST', '/api/tasks', { contactId: null, text: '给客户回电话', at })
    expect(answer.status).toBe(200)
    return (answer.body as { id: string }).id
  }
  const noticesOf = (taskId: string) =>
    stage.rig.db.notice.findMany({
      where: { reminder: { subject: `task:${taskId}` } },
      include: { card: { include: { copies: { orderBy: { step: 'asc' } } } } },
    })
  /** Waits until it goes that way, at least in rows; returns the copy. */
  const wayOf = (taskId: string, channel: string) =>
    stage.rig.waitFor(async () => (await noticesOf(taskId))[0]?.card?.copies.find((copy) => copy.platform === channel), {
      ...WAIT,
      what: `a reminder to go by ${channel}`,
    })
  /** Every copy of it, by channel: what became of each. */
  const waysOf = async (taskId: string) => {
    const [notice] = await noticesOf(taskId)
    return Object.fromEntries(notice?.card?.copies.map((copy) => [copy.platform, copy.state]) ?? [])
  }

  return {
    businessNow,
    remind,
    noticesOf,
    wayOf,
    /** Waits until it is said in rows; returns the copy that goes to the chat. */
    copyOf: (taskId: string) => wayOf(taskId, 'wecom'),
    waysOf,
    /** Waits until each way has come to that state. */
    ways: (taskId: string, states: Record<string, string>) =>
      stage.rig.waitFor(
        async () => {
          const ways = await waysOf(taskId)
          if (Object.entries(states).some(([channel, state]) => ways[channel] !== state)) throw new Error(JSON.stringify(ways))
          return ways
        },
        { ...WAIT, what: JSON.stringify(states) },
      ),
    /** What waits to be tried again is tried at once: machine time can't be pushed, so the rows are. */
    tryNow: (copies: { id: string }[]) =>
      stage.rig.waitFor(
        async () => {
          const rows = {
            OR: copies.map(({ id }) => ({ key: { endsWith: `:${id}` } })),
            kind: { startsWith: 'send-' },
            state: 'open' as const,
          }
          await stage.rig.db.outbox.updateMany({ where: rows, data: { retryAt: null } })
          return (await stage.rig.db.outbox.count({ where: rows })) === 0
        },
        { ...WAIT, every: 300, what: 'what waits to be done' },
      ),
    /** No worker can claim a row meanwhile: what is said in rows stays there. */
    holdMouth: () => hold(stage.rig, 'SELECT pg_advisory_xact_lock(72061903)'),
    holdCopy: (copyId: string) => hold(stage.rig, `SELECT 1 FROM card_copy WHERE id = '${copyId}' FOR UPDATE`),
  }
}

/** The last test of a file: whatever was done to the product, nothing is lost and nothing happened twice. */
export function remindersAreRight(stage: Stage): void {
  it('in the end each level that was due was said once to each whom it names, or says why not', async () => {
    await comeToRest(stage.rig, stage.traffic)
    const { counted, wrong } = await closeReminderBooks(stage.rig)
    console.log(counted)
    expect(wrong).toEqual([])
  }, 240_000)
}
