import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { GiveUp, TryLater } from '../../lib/errors.js'
import type { FromChild } from './child.js'
import type { Sheet } from './sheet.js'

/** Below the lease of a call; 200 lines with pictures take a few seconds. */
const DEADLINE_MS = 40_000

/** One at a time in a process: papers are made beside cards that people wait for. */
let last: Promise<unknown> = Promise.resolve()

/**
 * The sheet as a PDF, drawn in a child: a second of pure calculation must not hold up what else is delivered. Throws TryLater
 * when the child was lost, GiveUp for a sheet that can't be drawn.
 */
export function renderPdf(sheet: Sheet, deadlineMs = DEADLINE_MS): Promise<Buffer> {
  const turn = last.then(() => draw(sheet, deadlineMs))
  last = turn.catch(() => {})
  return turn
}

function draw(sheet: Sheet, deadlineMs: number): Promise<Buffer> {
  // As source a .ts file that needs tsx, when built a .js file that needs nothing.
  const isSource = import.meta.url.endsWith('.ts')
  const file = fileURLToPath(new URL(isSource ? './child.ts' : './child.js', import.meta.url))
  const execArgv = isSource ? ['--import', import.meta.resolve('tsx')] : []
  const child = fork(file, [], { execArgv, serialization: 'advanced' })
  return new Promise((resolve, reject) => {
    let reply: FromChild | null = null
    let why = 'the child that draws PDFs was lost'
    const timer = setTimeout(() => {
      why = 'the child that draws PDFs did not answer'
      child.kill('SIGKILL')
    }, deadlineMs)
    child.once('message', (said: FromChild) => {
      reply = said
      settle()
    })
    child.on('error', (error) => {
      why = error.message
      if (child.pid === undefined) settle()
    })
    // Its last words may still be on their way when it is gone.
    child.once('exit', () => (child.connected ? child.once('disconnect', settle) : settle()))
    child.send(sheet, () => {})

    function settle(): void {
      clearTimeout(timer)
      if (!reply) reject(new TryLater(why))
      else if ('failure' in reply) reject(new GiveUp(`PDF: ${reply.failure}`))
      else resolve(Buffer.from(reply.pdf))
    }
  })
}
