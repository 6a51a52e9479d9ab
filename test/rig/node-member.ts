import { type ChildProcess, spawn } from 'node:child_process'
import { projectRoot } from '../../lib/project-root.js'
import { guardGroup } from '../setup/guard.js'
import type { Member } from './member.js'
import { ownCode } from './own-code.js'
import { waitFor } from './wait-for.js'

type Options = {
  name: string
  /** The TypeScript file, from the root of the checkout. */
  file: string
  env: NodeJS.ProcessEnv
  isReady: (logsSinceStart: string) => boolean | Promise<boolean>
}

export type NodeMember = Member & {
  /** How it last left: its exit code, or null when a signal ended it. Undefined: it never left. */
  exitCode: () => number | null | undefined
  /** Over the channel between parent and child. */
  tell: (message: object) => void
}

/** A process of ours: one node, no wrapper around it, so that a signal hits the real one. */
export function nodeMember({ name, file, env, isReady }: Options): NodeMember {
  let child: ChildProcess | null = null
  let logs = ''
  let exitCode: number | null | undefined

  const start = async () => {
    if (child) throw new Error(`${name} runs already`)
    const started = spawn(process.execPath, ownCode(file), {
      cwd: projectRoot,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    child = started
    const from = logs.length
    const release = guardGroup(started.pid ?? 0)
    for (const stream of [started.stdout, started.stderr]) {
      stream?.on('data', (chunk) => {
        logs += chunk
      })
    }
    started.once('exit', (code) => {
      release()
      child = null
      exitCode = code
    })
    await waitFor(() => !child || isReady(logs.slice(from)), { ms: 60_000, what: `${name} to be ready:\n${logs.slice(-2_000)}` })
    if (!child) throw new Error(`${name} did not start:\n${logs.slice(-2_000)}`)
  }

  const end = async (signal: NodeJS.Signals) => {
    const ending = child
    if (!ending) return
    const gone = new Promise((resolve) => ending.once('exit', resolve))
    ending.kill(signal)
    if (signal === 'SIGTERM') ending.kill('SIGCONT')
    await gone
  }
  const stop = () => end('SIGTERM')

  return {
    name,
    pid: () => child?.pid ?? null,
    start,
    stop,
    kill: () => end('SIGKILL'),
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    restart: async () => {
      await stop()
      await start()
    },
    exitCode: () => exitCode,
    tell: (message) => void child?.send(message),
    logs: () => logs,
  }
}
