import { z } from 'zod'
import type { Deliveries } from '../deliveries.js'
import { type Parts, post, type Route } from './route.js'

/**
 * How callbacks leave, for tests of what the product does about it: `held` keeps them back from now on, `copies` delivers
 * each so often although it was answered. Released, they leave one after another in the order asked for; `ids` names the
 * ones to release, the others stay. In memory: a restart sends what it still owes.
 */
export const deliveryRoutes = (path: string, of: (parts: Parts) => Deliveries): Record<string, Route> => ({
  [`POST ${path}`]: post(
    z.object({ held: z.boolean().optional(), copies: z.number().int().min(1).max(5).optional() }),
    (parts, change) => of(parts).deliver(change),
  ),
  [`POST ${path}/release`]: post(
    z.object({
      order: z.enum(['as-happened', 'reversed', 'shuffled']).default('as-happened'),
      ids: z.array(z.string()).optional(),
    }),
    (parts, { order, ids }) => ({ released: of(parts).release(order, ids) }),
  ),
})
