import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { answerJson } from './http.js'

/**
 * Trouble on order, for tests of what the product does about it. Kept in memory: faults belong to a run, not to the world.
 * `drop-after` accepts, keeps and then cuts the line: the caller can't know.
 */
export const faultOrder = z.object({
  /** The path of a URL; of SMS the action («/SendSms») or «/» for any; of mail «smtp». */
  path: z.string().regex(/^(\/|smtp$)/, 'must be a path, or smtp'),
  mode: z.enum(['errcode', 'http', 'hang', 'slow', 'drop-before', 'drop-after']),
  errcode: z.number().int().default(-1),
  /** The platform's words; those of the errcode unless given. */
  errmsg: z.string().optional(),
  /** What SMS operators say in place of an errcode. */
  code: z.string().optional(),
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
   * line; `none`: go on. `refuse` answers in the caller's own terms; else it is an errcode.
   */
  play(
    path: string | string[],
    req: IncomingMessage,
    res: ServerResponse,
    refuse?: (fault: Fault) => void,
  ): Promise<'answered' | 'cut' | 'none'>
  /** The trouble that is due, for what is no HTTP. */
  take(path: string): Fault | undefined
}

export function createFaults(): Faults {
  let faults: Fault[] = []
  const hanging = new Set<ServerResponse>()

  const take = (paths: string | string[]): Fault | undefined => {
    const fault = faults.find((f) => [paths].flat().includes(f.path))
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
    take,
    async play(path, req, res, refuse) {
      const fault = take(path)
      switch (fault?.mode) {
        case 'errcode':
          if (refuse) refuse(fault)
          else answerJson(res, { errcode: fault.errcode, errmsg: fault.errmsg ?? 'fault on order' })
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
