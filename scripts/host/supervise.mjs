// Runs the product's processes as one group: ready together, started again after a crash, stopped in order. If we are
// killed they hear it (IPC and stdin close), and a guard ends whoever does not leave by itself.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { endGroup, wait, waitUntil } from './process.mjs'

const guardScript = fileURLToPath(new URL('guard.mjs', import.meta.url))
const patience = 15_000

/**
 * @param members in the order of their stop: `{name, args, env, isReady(line of its log or null): boolean|Promise}`
 * @param write (name, text) receives what they log
 * @param changed is told when a member runs under a new pid after a crash
 */
export function supervise({ members, cwd, write, say, changed = () => {} }) {
  const guard = spawn(process.execPath, [guardScript, String(patience)], { detached: true, stdio: ['pipe', 'ignore', 'inherit'] })
  guard.stdin.on('error', () => {})
  const running = new Map()
  /** Who has been ready once: from then on it is started again for ever. */
  const proven = new Set()
  let stopping = false
  let fail
  /** Rejects when a member does not even start. */
  const failed = new Promise((_, reject) => {
    fail = reject
  })
  failed.catch(() => {})

  function launch(member, crashes = 0) {
    const { name, args, env } = member
    const child = spawn(process.execPath, args, { cwd, env, detached: true, stdio: ['pipe', 'pipe', 'pipe', 'ipc'] })
    const state = { child, ready: false, since: Date.now(), ended: new Promise((resolve) => child.once('close', resolve)) }
    running.set(name, state)
    guard.stdin.write(`+${child.pid}\n`)
    child.stdin.on('error', () => {})
    child.once('error', (error) => write(name, `${error.message}\n`))
    let tail = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        write(name, chunk)
        tail = (tail + chunk).slice(-4_000)
        if (!state.ready && member.readyWords && tail.includes(member.readyWords)) state.ready = true
      })
    }
    // Its own children would keep its log open, and a dead process would never count as closed.
    child.once('exit', () => endGroup(child.pid))
    child.once('close', (code, signal) => {
      guard.stdin.write(`-${child.pid}\n`)
      if (stopping) return
      const how = signal ?? `exit ${code}`
      // On a starved machine a first connection may time out; what fails three times fails for a reason.
      if (!proven.has(name) && !state.ready && crashes >= 2)
        return fail(new Error(`The ${name} did not start (${how}):\n${lastLines(tail)}`))
      const again = Date.now() - state.since > 60_000 ? 0 : crashes
      const delay = Math.min(500 * 2 ** again, 30_000)
      say(`The ${name} stopped unexpectedly (${how}); it starts again in ${delay / 1000} s.\n${lastLines(tail)}`)
      setTimeout(() => {
        if (stopping) return
        launch(member, again + 1)
        changed()
      }, delay)
    })
  }

  async function isReady(member) {
    const state = running.get(member.name)
    state.ready ||= member.isReady ? await member.isReady().catch(() => false) : false
    if (state.ready) proven.add(member.name)
    return state.ready
  }

  return {
    /** Starts all and waits until each is ready. */
    async start(ms = 180_000) {
      for (const member of members) launch(member)
      await Promise.race([failed, Promise.all(members.map((member) => within(member, ms)))])
    },
    pids: () => Object.fromEntries([...running].map(([name, { child }]) => [name, child.pid])),
    async stop() {
      stopping = true
      for (const { name } of members) {
        const state = running.get(name)
        if (!state) continue
        state.child.kill('SIGTERM')
        const left = await Promise.race([state.ended.then(() => true), wait(patience).then(() => false)])
        if (!left) say(`The ${name} did not stop within ${patience / 1000} s and is killed.`)
        endGroup(state.child.pid)
      }
      guard.stdin.end()
    },
  }

  async function within(member, ms) {
    if (await waitUntil(() => isReady(member), ms, 100)) return
    throw new Error(`The ${member.name} was not ready within ${ms / 1000} s.`)
  }
}

/** Readiness by an address that answers 2xx. */
export const answersAt = (url) => async () => (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok

/** What a person sees of a process that failed; all of it is in the log. */
function lastLines(tail) {
  const lines = tail.trimEnd().split('\n').slice(-8)
  return lines.map((line) => `    ${line.slice(0, 400)}`).join('\n')
}
