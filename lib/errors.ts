/**
 * Errors are sorted when they are born. Four kinds and no more:
 * the three below, and everything else, which is a bug (report it, answer in general words, keep the row).
 */

/** The person asked for something that can't be done: tell them, in their words. Not reported. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    /** What the person reads: natural Chinese. */
    readonly words: string,
    readonly status = 400,
  ) {
    super(`${code}: ${words}`)
    this.name = 'Refused'
  }
}

/** It may work later: the row stays open and is tried again. `delayMs` is a wish, not a promise. */
export class TryLater extends Error {
  constructor(
    readonly reason: string,
    readonly delayMs?: number,
    options?: ErrorOptions,
  ) {
    super(reason, options)
    this.name = 'TryLater'
  }
}

/** It will never work: the row is marked failed (outbox) or parked (inbox) and an administrator sees why. */
export class GiveUp extends Error {
  constructor(
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(reason, options)
    this.name = 'GiveUp'
  }
}
