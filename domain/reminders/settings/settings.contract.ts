import * as z from 'zod/mini'
import { calm } from '../calm.contract.js'
import { channelName, ladder } from '../ladder.contract.js'

/**
 * What a manager is typing: the shape of a ladder, not yet its limits, so that what is wrong is said beside the field that
 * it stands in. What is saved is a `ladder`.
 */
const draftWait = z.discriminatedUnion('from', [
  z.object({
    from: z.literal('last'),
    minutes: z.nullable(z.number()),
    counts: z.enum(['clock', 'working-days', 'working-hours']),
  }),
  z.object({
    from: z.literal('start'),
    minutes: z.nullable(z.number()),
    counts: z.enum(['clock', 'working-days', 'working-hours']),
  }),
  z.object({ from: z.literal('morning') }),
  z.object({ from: z.literal('target'), days: z.nullable(z.number()), at: z.nullable(z.string().check(z.maxLength(20))) }),
])
const draftLevel = z.object({
  on: z.boolean(),
  wait: draftWait,
  to: z.array(z.string().check(z.maxLength(60))).check(z.maxLength(20)),
  route: z.array(z.array(channelName).check(z.maxLength(8))).check(z.maxLength(8)),
  title: z.string().check(z.maxLength(500)),
  desc: z.string().check(z.maxLength(500)),
})
export const ladderDraft = z.object({ levels: z.array(draftLevel).check(z.maxLength(12)) })
export type LadderDraft = z.infer<typeof ladderDraft>
export type LevelDraft = z.infer<typeof draftLevel>

const typed = z.string().check(z.maxLength(20))
const typedNumber = z.nullable(z.number())
export const calmDraft = z.object({
  quiet: z.object({ from: typed, to: typed }),
  daysOffQuiet: z.boolean(),
  week: z.enum(['five', 'six', 'alternate']),
  longWeek: z.nullable(typed),
  workHours: z.object({ from: typed, to: typed }),
  morning: typed,
  cap: z.object({ rep: typedNumber, manager: typedNumber }),
  digests: z.array(typed).check(z.maxLength(12)),
  mergeMinutes: typedNumber,
  trialDays: typedNumber,
})
export type CalmDraft = z.infer<typeof calmDraft>

/** Something to mend or to know, at a field: «levels.0.title», «quiet». `stops`: it can't be saved like this. */
export const problem = z.object({ at: z.string(), words: z.string(), stops: z.boolean() })
export type Problem = z.infer<typeof problem>

/** 「第 1 级 · 什么时候」：「4 小时后」→「2 小时后」. Null: it was not there, or is no more. */
export const difference = z.object({ what: z.string(), before: z.nullable(z.string()), after: z.nullable(z.string()) })
export type Difference = z.infer<typeof difference>

/** The version in force; 0 and null: nobody ever set it. */
const standing = z.object({ version: z.int(), by: z.nullable(z.string()), at: z.nullable(z.string()) })
export type Standing = z.infer<typeof standing>

/** `off`: why nothing goes out by it, for people. */
export const channelState = z.object({ name: channelName, label: z.string(), off: z.nullable(z.string()) })
export type ChannelState = z.infer<typeof channelState>

export const settingsPage = z.object({
  kinds: z.array(z.object({ kind: z.string(), label: z.string(), line: z.string(), standing })),
  calm: z.object({ lines: z.array(z.string()), standing }),
  channels: z.array(channelState),
})
export type SettingsPage = z.infer<typeof settingsPage>

export const kindPage = z.object({
  kind: z.string(),
  label: z.string(),
  ladder,
  defaults: ladder,
  standing,
  /** `people`: how many that are, where it doesn't depend on the reminder. */
  audiences: z.array(z.object({ name: z.string(), label: z.string(), people: z.nullable(z.int()) })),
  placeholders: z.array(z.object({ name: z.string(), means: z.string(), sample: z.string() })),
  channels: z.array(channelState),
  /** The kind has a moment that levels can count back from. */
  hasMoment: z.boolean(),
})
export type KindPage = z.infer<typeof kindPage>

export const calmPage = z.object({
  calm,
  defaults: calm,
  standing,
  /** Holidays are known up to the end of that year. */
  publishedUntil: z.int(),
})
export type CalmPage = z.infer<typeof calmPage>

export const phoneCard = z.object({
  source: z.string(),
  title: z.string(),
  desc: z.string(),
  quote: z.nullable(z.object({ title: z.string(), text: z.string() })),
  fields: z.array(z.object({ label: z.string(), value: z.string() })),
  buttons: z.array(z.object({ label: z.string(), style: z.enum(['primary', 'plain', 'danger']) })),
})
export type PhoneCard = z.infer<typeof phoneCard>

export const preview = z.object({
  problems: z.array(problem),
  /** Against what is in force. */
  changes: z.array(difference),
  /** One for each level: when, to whom and how in a sentence, and the card as it will look. */
  levels: z.array(z.object({ line: z.string(), card: phoneCard })),
})
export type Preview = z.infer<typeof preview>

export const calmPreview = z.object({ problems: z.array(problem), changes: z.array(difference), lines: z.array(z.string()) })
export type CalmPreview = z.infer<typeof calmPreview>

const counted = z.object({
  /** Sayings to a person, and the cards that carried them. */
  said: z.int(),
  cards: z.int(),
  /** Levels that waited for the end of quiet hours, sayings that waited for a digest, and those that joined another card. */
  held: z.int(),
  digested: z.int(),
  merged: z.int(),
  busiest: z.nullable(z.object({ day: z.string(), said: z.int() })),
})
export type Counted = z.infer<typeof counted>

export const dryRun = z.object({
  from: z.string(),
  to: z.string(),
  reminders: z.int(),
  /** The setting in force, and the draft. */
  standing: counted,
  draft: counted,
  /** Sayings by person: now, with the draft, and the draft's by level. */
  people: z.array(z.object({ name: z.string(), standing: z.int(), draft: z.int(), levels: z.array(z.int()) })),
  levels: z.array(z.object({ standing: z.int(), draft: z.int() })),
  list: z.array(
    z.object({ at: z.string(), person: z.string(), customer: z.nullable(z.string()), label: z.string(), level: z.int() }),
  ),
  /** How many more there are than the list shows. */
  more: z.int(),
  /** Reminders that are open now: how many would move, and how many of those are said right after saving. */
  open: z.object({ count: z.int(), moved: z.int(), atOnce: z.int() }),
  /** What it can't know, in one line. */
  honest: z.string(),
})
export type DryRun = z.infer<typeof dryRun>

const versionOf = <T extends z.ZodMiniType>(value: T) =>
  z.object({
    version: z.int(),
    by: z.string(),
    at: z.string(),
    changes: z.array(difference),
    /** Null: an older release wrote it, and it no longer fits. */
    value: z.nullable(value),
  })
export const ladderHistory = z.object({ versions: z.array(versionOf(ladder)) })
export type LadderHistory = z.infer<typeof ladderHistory>
export const calmHistory = z.object({ versions: z.array(versionOf(calm)) })
export type CalmHistory = z.infer<typeof calmHistory>
