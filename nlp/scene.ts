import type { Clause } from './clauses.js'
import type { Day } from './entities/calendar.js'
import type { Entity } from './entities/entity.js'
import type { Deal, Field, Item, Slot } from './finding.js'
import type { Mention } from './goods.js'

/** A price as the rep named it; `sign` for more or less than what was agreed (贵8毛, 便宜50). */
export type Quote = { value: number; sign: '' | '+' | '-'; item: string | null /** Of all of it. */; whole: boolean }

/** One text in the light in which it was said. */
export type Scene = {
  /** Normalized; a prefix may stand before the message itself, up to `offset`. */
  text: string
  /** The same characters as they were written. */
  raw: string
  offset: number
  entities: Entity[]
  clauses: Clause[]
  /** What the deal says, filled up with what was said before in this conversation. */
  deal: Deal
  /** Whether anything is agreed at all: without it a wish is a new need and no change. */
  open: boolean
  /** A deal stands, not only words of this conversation. */
  agreed: boolean
  today: Day
  /** The item of the deal that was last named before this message. */
  mentioned: () => Item | null
  /** The one that the customer's messages right before this one name: its thought goes on. */
  fragment: () => Item | null
  /** Where the text names which goods. */
  mentions: () => Mention[]
  /** Stretches that only speak of paying. */
  terms: () => { from: number; to: number }[]
  /** What was being talked about, for a message too short to say so itself. */
  topic: Field | null
  /** The rep speaks: what is stated is offered. */
  rep: boolean
  /** Prices that the rep has just named: a bare number near to one of them is money. */
  quotes: () => Quote[]
  /** Days, as ISO, that the talk has just named: 「15号」 after them is theirs. */
  days: () => string[]
}

/** A value that the text sets, not yet compared with how sure we are of its mood. */
export type Proposal = Slot & {
  from: number
  to: number
  /** 0..1: how plainly the words ask for it. */
  strength: number
  clause: Clause
  /** Nothing differs from the deal. */
  same: boolean
  /** 早点, 便宜点: which way, not how far. It holds no value that could be written down. */
  vague?: boolean
  /** How surely the words alone are the value, where they were found by what is learnt of words. */
  span?: number
  /** How surely it is asked for, beside the rules, once it has been weighed. */
  sure?: number
  /** Of some of what is ordered. */
  part?: boolean
  /** Read in one way only: what crosses it is no value of its own. */
  outright?: boolean
  /** How many are wanted of an item that is new: 「再配10箱弹垫」. */
  count?: string
}

export type Reader = (scene: Scene, clause: Clause, topic: Field | null) => Proposal[]
