import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { projectRoot } from '../../lib/project-root.js'
import { waitFor } from '../rig/wait-for.js'
import { guardGroup } from '../setup/guard.js'

const running = new Set<ChildProcess>()

/** One of the launchers in scripts/, as npm would start it; `env` over an environment that names no servers. */
export function launch(script: string, { args = [], env }: { args?: string[]; env: Record<string, string> }) {
  const child: ChildProcess = spawn(process.execPath, [fileURLToPath(new URL(`scripts/${script}`, projectRoot)), ...args], {
    env: { ...process.env, NODE_ENV: '', DATABASE_URL: '', REDIS_URL: '', ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  guardGroup(child.pid ?? 0)
  running.add(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      said += chunk
    })
  }
  return {
    pid: child.pid ?? 0,
    said: () => said,
    says: async (words: string) => {
      const heard = await waitFor(() => said.includes(words) || child.exitCode !== null, { ms: 200_000 }).catch(() => false)
      if (!heard || !said.includes(words)) throw new Error(`${script} never said "${words}" but:\n${said}`)
    },
    signal: (name: NodeJS.Signals) => child.kill(name),
    ended: once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>,
  }
}

/** What a failed test left. */
export async function stopAll(): Promise<void> {
  for (const child of running) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  running.clear()
}
