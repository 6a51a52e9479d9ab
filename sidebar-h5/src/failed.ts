/** Why a request came to nothing, in words that a person can use. */
export class Failed extends Error {
  constructor(
    readonly kind: 'offline' | 'slow' | 'login' | 'refused' | 'missing' | 'broken',
    /** What the person reads. */
    readonly words: string,
    /** The server's own code, when it gave one. */
    readonly code: string | null = null,
  ) {
    super(words)
    this.name = 'Failed'
  }
}

/** The words of anything that was thrown. */
export function wordsOf(error: unknown): string {
  return error instanceof Failed ? error.words : '页面出了点问题，刷新一下再试'
}

export const asFailed = (thrown: unknown): Failed => (thrown instanceof Failed ? thrown : new Failed('broken', wordsOf(thrown)))
