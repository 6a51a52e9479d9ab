import { pino } from 'pino'

export type Log = {
  debug(fields: object, words?: string): void
  info(fields: object, words?: string): void
  warn(fields: object, words?: string): void
  error(fields: object, words?: string): void
  child(fields: object): Log
}

/** JSON lines on stdout. Whatever may hold a secret or a person's words is cut out here, whoever logs it. */
export function createLog(level: string, process: string): Log {
  return pino({
    level,
    base: { process },
    redact: {
      paths: [
        'text',
        '*.text',
        'content',
        '*.content',
        'phone',
        '*.phone',
        'access_token',
        '*.access_token',
        'secret',
        '*.secret',
        'token',
        '*.token',
        'authorization',
        '*.authorization',
        'cookie',
        '*.cookie',
      ],
      censor: '…',
    },
  })
}

/** For errors whose message is ours or a library's; never hand a request body to the log. */
export const describe = (error: unknown): { error: string; stack?: string } =>
  error instanceof Error ? { error: error.message, ...(error.stack ? { stack: error.stack } : {}) } : { error: String(error) }
