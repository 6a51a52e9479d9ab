import * as z from 'zod/mini'
import { personBrief } from '../person/person.contract.js'
import { evidenceMessage, terms } from '../requirement/requirement.contract.js'

/** One thing that was open for somebody who left. */
export const openItem = z.object({
  kind: z.enum(['reminder', 'ask', 'task', 'claim', 'quote', 'approval']),
  id: z.string(),
  words: z.string(),
  /** Page of ours on which it is dealt with; null: it has none. */
  page: z.nullable(z.string()),
  customer: z.nullable(z.string()),
  holder: personBrief,
})
export type OpenItem = z.infer<typeof openItem>

/** One customer on the list, and who has it now. */
export const handoverCustomer = z.object({
  id: z.string(),
  name: z.string(),
  productLine: z.nullable(z.string()),
  contacts: z.array(z.string()),
  requirements: z.int(),
  lastSaidAt: z.nullable(z.string()),
  gift: z.nullable(z.object({ batch: z.string(), to: personBrief, by: z.string(), at: z.string() })),
})
export type HandoverCustomer = z.infer<typeof handoverCustomer>

export const handoverPage = z.object({
  person: z.object({ id: z.string(), name: z.string() }),
  leftAt: z.string(),
  /** They came back: nothing more is handed on. */
  backAt: z.nullable(z.string()),
  to: personBrief,
  items: z.array(openItem),
  customers: z.array(handoverCustomer),
  /** Whom customers may be given to. */
  colleagues: z.array(personBrief),
})
export type HandoverPage = z.infer<typeof handoverPage>

const said = z.object({ by: z.string(), text: z.string(), saidAt: z.string() })

/** 交接单. What somebody needs to know who takes over one customer. */
export const customerNote = z.object({
  person: z.object({ id: z.string(), name: z.string() }),
  customer: z.object({ id: z.string(), name: z.string(), productLine: z.nullable(z.string()), owner: z.string() }),
  contacts: z.array(z.object({ id: z.string(), name: z.string(), lastSaidAt: z.nullable(z.string()) })),
  requirements: z.array(
    z.object({
      id: z.string(),
      number: z.int(),
      title: z.string(),
      terms,
      latest: z.nullable(
        z.object({
          step: z.int(),
          capturedAt: z.string(),
          capturedBy: z.string(),
          slots: z.array(z.object({ label: z.string(), value: z.string() })),
          note: z.nullable(z.string()),
          evidence: z.array(evidenceMessage),
          /** 「赵强：能做」「孙悦：还没答」. */
          answers: z.array(z.string()),
        }),
      ),
    }),
  ),
  open: z.array(openItem),
  lastWords: z.object({ customer: z.nullable(said), rep: z.nullable(said) }),
  /** What colleagues said yes to, and whether the customer has heard. */
  promised: z.array(z.object({ number: z.int(), words: z.string(), by: z.string(), at: z.string(), told: z.boolean() })),
  writtenAt: z.string(),
})
export type CustomerNote = z.infer<typeof customerNote>

export const giveInput = z.object({
  requestId: z.uuid(),
  customerIds: z.array(z.uuid()).check(z.minLength(1), z.maxLength(500)),
  toId: z.uuid(),
})
export const takeBackInput = z.object({ requestId: z.uuid(), batch: z.uuid() })
export const given = z.object({ batch: z.string(), count: z.int() })
export type Given = z.infer<typeof given>
