import type { Log } from '../../lib/log.js'

type Line = { level: 'debug' | 'info' | 'warn' | 'error'; words: string; fields: Record<string, unknown> }

/** A log that is read by the test: every line as it was handed over, before anything is redacted. */
export function keepLog(): { log: Log; lines: Line[]; of: (...levels: Line['level'][]) => Line[] } {
  const lines: Line[] = []
  const logWith = (common: object): Log => {
    const at = (level: Line['level']) => (fields: object, words?: string) =>
      void lines.push({ level, words: words ?? '', fields: { ...common, ...fields } })
    return {
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
      child: (more) => logWith({ ...common, ...more }),
    }
  }
  return { log: logWith({}), lines, of: (...levels) => lines.filter((line) => levels.includes(line.level)) }
}
