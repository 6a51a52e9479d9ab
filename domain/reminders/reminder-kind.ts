import type { Reader } from '../../lib/db.js'
import type { Card, CardButton } from '../card/card.js'
import type { CardKind } from '../card/card-kind.js'
import type { Work } from '../work.js'
import type { Level, Route, Wait } from './ladder.contract.js'

/** The reminder that a kind is asked about. */
export type About = { id: string; subject: string; subjectId: string; personId: string; startedAt: Date; dueAt: Date }

/**
 * What the card of a reminder says now: the values of the placeholders in its title and description, and the rest of the
 * card. `done` in place of it: the subject is settled, in the words that the card then shows.
 */
export type Facts = {
  words: Record<string, string>
  quote?: Card['quote']
  fields: Card['fields']
  page: string
  /** In place of the kind's own buttons, as it stands now. */
  buttons?: CardButton[]
}
export type Said = Facts | { done: string }

/** `findAll`: for thousands of reminders at once, by their ids; without it each is asked for. */
export type Audience = {
  label: string
  find(db: Reader, about: About): Promise<string[]>
  findAll?(db: Reader, abouts: About[]): Promise<Map<string, string[]>>
}

/**
 * A reminder kind is data and pure look-ups; the engine does the rest: when, to whom, by which channel, how calmly, what its
 * buttons do, and the form in which a manager changes it. `name` equals the file's name. What ends it calls `settleReminder`
 * where that happens.
 */
export type ReminderKind = {
  name: string
  /** What managers call it: 「需求变更待答复」. */
  label: string
  /** What may stand in the wording, `{customer}`, and what it means. */
  placeholders: Record<string, string>
  levels: [Level, ...Level[]]
  /** Passes the daily cap. Only what can't wait for a digest. */
  urgent?: boolean
  /** Its moment was chosen by who is told: neither the cap nor another card of the customer moves it. */
  exact?: boolean
  /** A note to self: whoever else sees the customer doesn't see this. */
  own?: boolean
  /** What its page offers: 「去答复」. */
  pageLabel?: string
  /** The word of its holder is enough: 已处理 needs no note and no manager. Marks the subject done. */
  tick?(work: Work, about: About): Promise<void>
  /** Audiences of its own, beside holder, lead and manager. */
  audiences?: Record<string, Audience>
  /** Null: there is nothing left to say and nothing to show. */
  facts(db: Reader, about: About, now: Date): Promise<Said | null>
  /** It was handed to a colleague. True: the kind has told them by a card of its own. */
  handed?(work: Work, about: About): Promise<boolean>
  /** A card that several reminders share, drawn by a file of its own in domain/card/kinds. It has no buttons. */
  shared?: { card: 'uncaptured'; subject(about: About): string }
  /** Where a level is said neither by a card of its own nor by `shared`: asked once for all that is due together. */
  manner?(db: Reader, said: Saying[], now: Date): Promise<Manner[]>
  /** The same for the dry run of settings, from what is played: the rows are asked once. Whoever has `manner` has this. */
  rehearse?(db: Reader, abouts: About[]): Promise<() => Rehearsal>
  /** Its holder's own buttons, in front of 再说 and 转给; without it 我来跟进 and 已处理. Each is a file in bot-server/actions. */
  buttons?(about: Pick<About, 'id'>): CardButton[]
  /** 已处理 is no end of it: what its holder should do instead, in words. */
  endsBy?: string
  /** For the preview: a card as it might look. */
  sample: Facts
}

/** One level that is due for one person. `round`: of the reminder, more than 0 where it was handed over or put off. */
export type Saying = { about: About; level: number; round: number; personId: string; saidAt: Date | null }
/** What a kind is told of one saying in a dry run, besides what it asked of the rows itself. */
export type Rehearsed = {
  about: About
  level: number
  personId: string
  at: Date
  saidAt: Date | null
  /** How many of this kind its holder has open at that moment, this one among them. */
  open: number
  /** Of how many of them this person was told at this level, this one and those of the same moment among them. */
  toldAbove: number
}
export type Rehearsal = (one: Rehearsed) => Manner

/** A card of its own, one that several share (found again by its subject: nobody gets a second copy), or only the next digest. */
export type Manner = 'own' | 'digest' | { card: CardKind; subject: string }

export const defineReminder = (kind: ReminderKind): ReminderKind => kind

export const MINUTE = 60_000
export const hours = (n: number, counts: 'clock' | 'working-days' | 'working-hours' = 'working-days'): Wait => ({
  from: 'last',
  minutes: Math.round(n * 60),
  counts,
})
export const atOnce: Wait = { from: 'last', minutes: 0, counts: 'clock' }
export const morning: Wait = { from: 'morning' }

/** The chat first; what it can't reach, a text message, then mail. */
export const standardRoute: Route = [['chat'], ['sms'], ['mail']]
