import * as z from 'zod/mini'
import { changeType } from '../message/message.contract.js'
import { role } from '../person/person.contract.js'
import { purpose } from '../requirement/requirement.contract.js'

/** Who confirms and who assesses: change type × product line → role → person, with a substitute. */
export const responder = z.object({
  /** null: for every product line that has no row of its own. */
  productLine: z.nullable(z.string()),
  types: z.array(z.union([changeType, z.literal('*')])),
  purpose,
  role,
  /** Person id; null: whoever holds the role, the first answer counts. */
  person: z.nullable(z.string()),
  substitute: z.nullable(z.string()),
})
export type Responder = z.infer<typeof responder>
export const responders = z.array(responder)

/** In force until somebody sets their own. */
export const defaultResponders: Responder[] = [
  { productLine: null, types: ['*'], purpose: 'confirm', role: 'pre-sales', person: null, substitute: null },
  { productLine: null, types: ['*'], purpose: 'assess', role: 'product', person: null, substitute: null },
]
