import type pg from 'pg'

/**
 * One question at a time on a connection, the others in turn. A transaction is one connection, and reads in it may be asked
 * together (`Promise.all`, and Prisma itself for two relations of one row): pg queues them today, warns, and will refuse
 * them (deprecated in pg 8, gone in 9). Calls with a callback are the pool's own, on a connection that nobody holds.
 */
export function askOneAtATime(client: pg.PoolClient): void {
  const ask = client.query.bind(client) as (...asked: unknown[]) => Promise<unknown>
  let last: Promise<void> | null = null
  const query = (...asked: unknown[]) => {
    if (asked.some((one) => typeof one === 'function')) return ask(...asked)
    const answer = last ? last.then(() => ask(...asked)) : ask(...asked)
    const over = answer.then(forget, forget)
    last = over
    // An idle connection asks at once, without a turn of the event loop.
    function forget() {
      if (last === over) last = null
    }
    return answer
  }
  client.query = query as typeof client.query
}
