import { type DestinationStream, pino } from 'pino'

export type Log = {
  debug(fields: object, words?: string): void
  info(fields: object, words?: string): void
  warn(fields: object, words?: string): void
  error(fields: object, words?: string): void
  child(fields: object): Log
}

/** What may hold a secret or a person's words, at the top of a line or one level down. */
const CUT = new Set(['text', 'content', 'phone', 'access_token', 'secret', 'token', 'authorization', 'cookie', 'body', 'note'])
const CENSOR = '…'

/** JSON lines on stdout. Whatever may hold a secret or a person's words is cut out here, whoever logs it. */
export function createLog(level: string, process: string, to?: DestinationStream): Log {
  // Not pino's own redact: its wildcards take longer than all the rest of a short line, and every callback writes one.
  return pino({ level, base: { process }, formatters: { log: (fields) => cutOut(fields, 1) } }, to)
}

function cutOut(fields: Record<string, unknown>, levels: number): Record<string, unknown> {
  let cut = fields
  for (const [name, value] of Object.entries(fields)) {
    const isDeep = levels > 0 && typeof value === 'object' && value !== null && !(value instanceof Error)
    const kept = CUT.has(name) ? CENSOR : isDeep ? cutOut(value as Record<string, unknown>, levels - 1) : value
    if (kept !== value && cut === fields) cut = { ...fields }
    if (kept !== value) cut[name] = kept
  }
  return cut
}

/**
 * An error for the log and for rows that administrators read: where it happened, and words that hold nothing of what was
 * being handled. Never hand a request body to the log.
 */
export function describe(error: unknown): { error: string; stack?: string } {
  if (!(error instanceof Error)) return { error: String(error) }
  // A stack begins with the message once more: only its frames are kept.
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []
  return { error: wordsOf(error), ...(frames.length > 0 ? { stack: frames.join('\n') } : {}) }
}

/** Libraries quote what they choke on: Prisma its arguments, PostgreSQL a value, JSON.parse the text. */
function wordsOf({ name, message }: Error): string {
  if (name === 'SyntaxError' && /JSON/.test(message)) return 'not valid JSON'
  // The call and the code frame come first, what was wrong with it last.
  const gist = name.startsWith('PrismaClient') ? (message.trim().split('\n').at(-1) ?? message) : message
  return `${name.startsWith('PrismaClient') ? `${name}: ` : ''}${gist.replace(/(invalid (?:input syntax|byte sequence) for [^:]*: ).*/is, '$1…')}`
}
