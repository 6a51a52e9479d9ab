import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('../../scripts/host/guard.mjs', import.meta.url))
let guard: ChildProcess | undefined

/** From now on this process group (its leader's pid) does not outlive us, whatever happens to us. */
export function guardGroup(pid: number): () => void {
  guard ??= startGuard()
  const { stdin } = guard
  stdin?.write(`+${pid}\n`)
  return () => void stdin?.write(`-${pid}\n`)
}

function startGuard(): ChildProcess {
  const child = spawn(process.execPath, [script], { detached: true, stdio: ['pipe', 'ignore', 'inherit'] })
  child.unref()
  child.stdin.on('error', () => {})
  // The pipe must not keep a finished test run waiting.
  ;(child.stdin as unknown as { unref(): void }).unref()
  return child
}
