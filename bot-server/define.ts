import type { Actor } from '../domain/person/actor.js'
import type { Work } from '../domain/work.js'

/** What a handler gets: the transaction it runs in, and one verb. */
export type Ctx = {
  work: Work
  /** The organisation that the platform speaks of (WeCom corp id). */
  organisation: string
  /** Rings the archive: somebody wants to see what was said. */
  pullArchive(): void
}

/** For handlers that a person caused. */
export type PersonCtx = Ctx & {
  actor: Actor
  /** Answers in the same place, through the outbox. */
  say(text: string): Promise<void>
}

/** One file in commands/: one thing a person can ask. `says` are exact openings; the rest of the line is `rest`. */
export type Command = {
  name: string
  says: [string, ...string[]]
  help: string
  run(ctx: PersonCtx, rest: string): Promise<void>
}
export const defineCommand = (command: Command): Command => command

/**
 * One file in actions/: one button, whether it is pressed on a card, in the sidebar or by the bot. `subjectId` is what the
 * card is about. Returns false when the press came too late and changed nothing.
 */
export type Action = {
  name: string
  label: string
  run(ctx: { work: Work; actor: Actor }, press: { subjectId: string; note: string | null }): Promise<boolean>
}
export const defineAction = (action: Action): Action => action

/** One file in events/: one thing a platform tells. `data` is the platform's, already authentic, never yet validated. */
export type Event = { name: string; run(ctx: Ctx, data: Record<string, unknown>, at: Date): Promise<void> }
export const defineEvent = (event: Event): Event => event
