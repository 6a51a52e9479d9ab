import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { answerJson } from './http.js'

/**
 * Trouble on order, for tests of what the product does about it. Kept in memory: faults belong to a run, not to the world.
 * `drop-after` accepts, keeps and then cuts the line: the caller can't know.
 */
export const faultOrder = z.object({
  path: z.string().startsWith('/'),
  mode: z.enum(['errcode', 'http', 'hang', 'slow', 'drop-before', 'drop-after']),
  errcode: z.number().int().default(-1),
  status: z.number().int().default(502),
  ms: z.number().int().min(0).default(1_000),
  times: z.number().int().min(1).optional(),
})
export type Fault = z.infer<typeof faultOrder>

export type Faults = {
  add(fault: Fault): void
  /** Ends all faults and cuts the lines that hang. */
  clear(): void
  list(): Fault[]
  /**
   * Plays the trouble that is due before the call is looked at. `answered`: it is over; `cut`: go on and then cut the
   * line; `none`: go on.
   */
  play(path: string, req: IncomingMessage, res: ServerResponse): Promise<'answered' | 'cut' | 'none'>
}

export function createFaults(): Faults {
  let faults: Fault[] = []
  const hanging = new Set<ServerResponse>()

  const take = (path: string): Fault | undefined => {
    const fault = faults.find((f) => f.path === path)
    if (fault?.times !== undefined) {
      fault.times -= 1
      if (fault.times === 0) faults = faults.filter((f) => f !== fault)
    }
    return fault
  }

  return {
    add: (fault) => void faults.push(fault),
    list: () => faults,
    clear() {
      faults = []
      for (const res of hanging) res.destroy()
      hanging.clear()
    },
    async play(path, req, res) {
      const fault = take(path)
      switch (fault?.mode) {
        case 'errcode':
          answerJson(res, { errcode: fault.errcode, errmsg: 'fault on order' })
          return 'answered'
        case 'http':
          res.writeHead(fault.status).end()
          return 'answered'
        case 'hang':
          hanging.add(res)
          res.once('close', () => hanging.delete(res))
          return 'answered'
        case 'drop-before':
          req.socket.destroy()
          return 'answered'
        case 'slow':
          await sleep(fault.ms, undefined, { ref: false })
          return 'none'
        case 'drop-after':
          return 'cut'
        default:
          return 'none'
      }
    },
  }
}
