import type { Actor } from '../domain/person/actor.js'
import type { ChatPlatform } from '../domain/person/person.contract.js'
import type { Work } from '../domain/work.js'

/** What a handler gets: the transaction it runs in, and one verb. */
export type Ctx = {
  work: Work
  /** The organisation that the platform speaks of (WeCom corp id). */
  organisation: string
  /** DATA_KEY: seals phones and the handles of files. */
  dataKey: string
  /** When it reached us, by business time: whatever the platform's clock and ours say, its answer counts from here. */
  receivedAt: Date
  /** Rings the archive: somebody wants to see what was said. */
  pullArchive(): void
}

/** For handlers that a person caused. */
export type PersonCtx = Ctx & {
  actor: Actor
  /** As it was typed. */
  words: string
  /** What it came in as: the same message has the same one. */
  key: string
  /** Where it was said. */
  platform: ChatPlatform
  /** Said to us alone: nobody else reads the answer. */
  alone: boolean
  /** Answers, through the outbox. What was asked in a group is answered alone, and the group is told so: it may name customers. */
  say(text: string): Promise<void>
  /** Answers where it was said: for what everybody there may read. */
  sayOpenly(text: string): Promise<void>
  /** The full address of a page of ours. */
  pageUrl(path: string): string
}

/** A customer that was named and that the person may see. */
export type Asked = { id: string; name: string }

/**
 * One file in commands/: one thing a person can ask. `says` are exact openings; free wording is understood from
 * `nlp/corpus/<name>.txt`. `help` says what it does as a wish (「看看…」), because it is read out where two are offered.
 * With `about: 'customer'` the name is found among the actor's own first: several are offered, one unknown is told so.
 */
export type Command = { name: string; says: [string, ...string[]]; help: string } & (
  | {
      about?: undefined
      /** `rest`: what was said behind the opening. */
      run(ctx: PersonCtx, rest: string): Promise<void>
    }
  | {
      about: 'customer'
      /** More is said behind the name: then no name is longer than a word. */
      takesRest?: true
      /** `rest`: what was said beside the opening and the names. */
      run(ctx: PersonCtx, customer: Asked, rest: string): Promise<void>
      /** When nobody was named. Without it, the bot asks whom. */
      runForAll?(ctx: PersonCtx): Promise<void>
    }
)
export const defineCommand = (command: Command): Command => command

/**
 * One file in actions/: one button, whether it is pressed on a card, in the sidebar or by the bot. `subjectId` is what the
 * card is about. Returns false when the press came too late and changed nothing.
 */
export type Action = {
  name: string
  label: string
  run(
    ctx: { work: Work; actor: Actor },
    press: { subjectId: string; note: string | null; toId?: string | null },
  ): Promise<boolean>
}
export const defineAction = (action: Action): Action => action

/** One file in events/: one thing a platform tells. `data` is the platform's, already authentic, never yet validated. */
export type Event = { name: string; run(ctx: Ctx, data: Record<string, unknown>, at: Date): Promise<void> }
export const defineEvent = (event: Event): Event => event
