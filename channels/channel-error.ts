import { GiveUp, TryLater } from '../lib/errors.js'

/**
 * What to do about a platform's no:
 * `retry` it may work later · `give-up` it never will · `config` an administrator must change something first ·
 * `quota` what the organisation may ask of the platform in this month is used up: the next channel must say it ·
 * `refresh` our token went stale (the client has already tried a fresh one when you see this) ·
 * `already-sent` the platform knows this copy's id: an earlier try whose answer was lost did arrive ·
 * `code-used` the one silent change that a code buys is spent: the copy is put right at its next click.
 */
export type ChannelErrorKind = 'retry' | 'give-up' | 'config' | 'quota' | 'refresh' | 'already-sent' | 'code-used'

type Parts = {
  /** The platform's name of the call: `message/send`. */
  method: string
  /** The platform's own code, or ours for what has none: `timeout`, `network`, `http-503`. */
  code: number | string
  kind: ChannelErrorKind
  /** What the administrator can do: natural Chinese. */
  hint: string
  /** The platform may have accepted it: the answer never came. The effect's own rule says what then. */
  unknownOutcome?: boolean
  /** A wish of the platform's. */
  delayMs?: number
}

/** Every non-zero code of a platform becomes one of these. Never holds a token, a secret or a message's words. */
export class ChannelError extends Error {
  readonly method: string
  readonly code: number | string
  readonly kind: ChannelErrorKind
  readonly hint: string
  readonly unknownOutcome: boolean
  readonly delayMs: number | undefined

  constructor(parts: Parts) {
    super(`${parts.method}: ${parts.code} ${parts.hint}`)
    this.name = 'ChannelError'
    this.method = parts.method
    this.code = parts.code
    this.kind = parts.kind
    this.hint = parts.hint
    this.unknownOutcome = parts.unknownOutcome ?? false
    this.delayMs = parts.delayMs
  }
}

const configDelayMs = 10 * 60_000
/** More may be bought at any time, or the month ends. */
const quotaDelayMs = 60 * 60_000
const delays: Partial<Record<ChannelErrorKind, number>> = { config: configDelayMs, quota: quotaDelayMs }

/**
 * Sorts a channel's error into ours. What waits for an administrator is tried again now and then: once it is put right,
 * nothing that was to be said is lost but what has expired.
 */
export function sortChannelError(error: ChannelError): TryLater | GiveUp {
  if (error.kind === 'give-up' || error.kind === 'already-sent' || error.kind === 'code-used')
    return new GiveUp(error.message, { cause: error })
  return new TryLater(error.message, error.delayMs ?? delays[error.kind], { cause: error })
}

/** The one change that this code would have bought was made already, or its time is over. */
export function isCodeUsed(error: unknown): boolean {
  return error instanceof ChannelError && error.kind === 'code-used'
}
