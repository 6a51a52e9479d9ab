// Processes: run one to its end, tell whether one still lives, and never mistake a reused pid for it.
import { execFileSync, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { readIfThere } from './files.mjs'

const leash = fileURLToPath(new URL('leash.mjs', import.meta.url))

/**
 * Runs a command to its end. It is held on a leash: when this process dies, however it dies, the command and all it
 * started die too, so a second run never meets a first one still writing. Output is collected, or shown with `show`.
 */
export function run(command, args, { cwd, env = process.env, show = false, uid, gid } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [leash, JSON.stringify({ uid, gid }), command, ...args], {
      cwd,
      env,
      detached: true,
      stdio: ['pipe', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    })
    const output = []
    child.stdout?.on('data', (chunk) => output.push(chunk))
    child.stderr?.on('data', (chunk) => output.push(chunk))
    child.stdin.on('error', () => {})
    child.once('error', reject)
    child.once('close', (code, signal) => {
      endGroup(child.pid)
      resolve({ code: code ?? 1, signal, output: Buffer.concat(output).toString() })
    })
  })
}

/** As `run`, but a failure is an error that carries what the command said. */
export async function mustRun(command, args, options) {
  const result = await run(command, args, options)
  if (result.code === 0) return result.output
  throw new Error(
    `${command} ${args.slice(0, 3).join(' ')} failed (${result.signal ?? `exit ${result.code}`}):\n${outline(result.output)}`,
  )
}

/** The beginning names the cause, the end the consequence; what lies between is rarely read. */
function outline(output) {
  const lines = output.trim().split('\n')
  return (lines.length > 30 ? [...lines.slice(0, 12), '…', ...lines.slice(-12)] : lines).join('\n')
}

/** A name for a running process that no later process with the same pid shares; null when it doesn't run. */
export function identityOf(pid) {
  if (!isAlive(pid)) return null
  const started = statOf(pid)?.[19]
  if (started) return `${readIfThere('/proc/sys/kernel/random/boot_id')?.trim()}:${started}`
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null
  } catch {
    return null
  }
}

/** Null where the system doesn't say. */
export const parentOf = (pid) => statOf(pid)?.[1] ?? null

/** A dead process that nobody has collected (containers without an init) is dead. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error.code !== 'EPERM') return false
  }
  return process.platform !== 'linux' || statOf(pid)?.[0] !== 'Z'
}

/** The fields of /proc/<pid>/stat from the state on; null when there is no such process. */
function statOf(pid) {
  const stat = readIfThere(`/proc/${pid}/stat`)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
}

export function endGroup(pid, signal = 'SIGKILL') {
  try {
    process.kill(-pid, signal)
  } catch {
    // Nobody left in it.
  }
}

export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** Waits until `check` is truthy and hands that value on; null after `ms`. */
export async function waitUntil(check, ms, every = 50) {
  const end = performance.now() + ms
  for (;;) {
    const value = await check()
    if (value) return value
    if (performance.now() > end) return null
    await wait(every)
  }
}
