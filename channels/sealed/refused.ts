const words = {
  signature: 'the signature is missing or does not fit our secret',
  malformed: 'the message does not have the shape that the platform documents',
  'too-large': 'the message is larger than any that the platform sends',
  undecryptable: 'the message does not decrypt with our key',
  foreign: 'the message is addressed to another organisation',
} as const

const statuses = { signature: 401, malformed: 400, 'too-large': 413, undecryptable: 400, foreign: 403 } as const

export type RefusalReason = keyof typeof words

/**
 * A callback that we will not take in: answer `status`, store nothing, log one line.
 * `message` is fit for a log: it never holds anything that came with the request, nor any setting.
 */
export class CallbackRefused extends Error {
  readonly status: 400 | 401 | 403 | 413

  constructor(
    readonly reason: RefusalReason,
    /** Which check failed, in fixed words of ours. */
    readonly detail: string,
  ) {
    super(`${words[reason]} (${detail})`)
    this.name = 'CallbackRefused'
    this.status = statuses[reason]
  }
}
