import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { readQuestion } from './read-question.js'
import { understand } from './understand.js'
import { writeAnswer } from './write-answer.js'

/** One line in, one line out. A line that cannot be read answers with its error and stops nothing. */
export function answerLine(line: string): string {
  let id: unknown = null
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value === 'object' && value !== null && 'id' in value) id = value.id
    return JSON.stringify({ id, ...writeAnswer(understand(readQuestion(value))) })
  } catch (error) {
    return JSON.stringify({ id, error: error instanceof Error ? error.message : String(error) })
  }
}

async function main(): Promise<void> {
  if (!process.argv.includes('--jsonl')) {
    process.stderr.write('Usage: npm run --silent nlp -- --jsonl   (one JSON object a line on stdin)\n')
    process.exitCode = 2
    return
  }
  // A reader that goes away (`| head`) ends the run quietly.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue
    if (!process.stdout.write(`${answerLine(line)}\n`)) await once(process.stdout, 'drain')
  }
}

if (
  import.meta.url === `file://${process.argv[1]}` ||
  process.argv[1]?.endsWith('nlp/cli.ts') ||
  process.argv[1]?.endsWith('nlp/cli.js')
)
  await main()
