/** A reason that stands on an outbox row, without the call and the code in front of the words that people read. */
export const sayReason = (reason: string): string => reason.replace(/^[\w./-]+: \S+ /, '')
