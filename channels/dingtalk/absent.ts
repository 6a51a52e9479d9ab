import { ChannelError } from '../channel-error.js'
import type { Reply } from './reply.js'

/** «No such userid», in the words of the several interfaces. */
const absent: unknown[] = [33012, 40003, 60121]

/** What was asked for, or null when the platform says that there is none (any more). Any other no is thrown. */
export async function orNull(asked: Promise<Reply>): Promise<Reply | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ChannelError && absent.includes(error.code)) return null
    throw error
  }
}
