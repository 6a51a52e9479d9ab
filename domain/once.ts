import type { Prisma } from '../lib/db.js'
import { Refused } from '../lib/errors.js'
import type { Work } from './work.js'

/**
 * A write that a screen asked for happens once per request id: a double tap, or a retry after a lost answer, gets the
 * first answer again. A second request waits for the first one's commit at the unique key.
 */
export async function once<T>(
  work: Work,
  request: { requestId: string; personId: string; route: string },
  act: () => Promise<T>,
): Promise<T> {
  const { count } = await work.tx.screenWrite.createMany({ data: { ...request, answer: {} }, skipDuplicates: true })
  if (count === 0) {
    const first = await work.tx.screenWrite.findUniqueOrThrow({ where: { requestId: request.requestId } })
    // The id is the client's: another person's, or another route's, buys nothing.
    if (first.personId !== request.personId || first.route !== request.route)
      throw new Refused('request-id-taken', '请刷新页面后再试一次', 409)
    return first.answer as T
  }
  const answer = await act()
  await work.tx.screenWrite.update({ where: { requestId: request.requestId }, data: { answer: answer as Prisma.InputJsonValue } })
  return answer
}
