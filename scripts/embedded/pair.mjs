// The client's side of the keeper: asks for PostgreSQL and Redis of a data folder and holds on to them.
import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { readIfThere } from '../host/files.mjs'
import { wait } from '../host/process.mjs'
import { socketFolder } from './sockets.mjs'

const keeperScript = fileURLToPath(new URL('keeper.mjs', import.meta.url))

/**
 * @param want which of `postgres` and `redis`
 * @returns `{postgres, redis}`: their addresses; `release()` lets them stop (when nobody else needs them) and waits for it.
 */
export async function openPair({ home, durable = true, want = ['postgres', 'redis'], say }) {
  mkdirSync(home, { recursive: true })
  let released = false
  /** The connection of now; a promise while a new keeper is on its way. */
  let holding = hold()
  const { ready } = await holding

  async function hold() {
    const held = await holdOn({ home, durable, want, say })
    held.connection.once('close', () => {
      if (released) return
      // The keeper itself was killed. Its servers live on: a new keeper adopts them, nobody notices.
      say('The keeper of the embedded servers is gone; starting another…')
      holding = hold()
      holding.catch((error) => say(`The embedded servers can't be kept any more: ${error.message}`))
    })
    return held
  }

  return {
    ...ready,
    release: async () => {
      released = true
      const { connection } = await holding
      if (connection.closed) return
      // The keeper closes its side when it has stopped the servers, or at once if others need them.
      await new Promise((resolve) => void connection.once('close', resolve).end())
    },
  }
}

async function holdOn({ home, durable, want, say }) {
  const socket = join(socketFolder(home), 'keeper.sock')
  const log = join(home, 'keeper.log')
  const end = performance.now() + 180_000
  let keeper = null
  while (performance.now() < end) {
    const connection = await tryConnect(socket)
    const ready = connection && (await ask(connection, want, say))
    if (ready) return { ready, connection }
    // Ours leaves at once while an earlier keeper is still stopping: then another is sent.
    if (!keeper || keeper.exitCode !== null || keeper.signalCode !== null) keeper = launch({ home, durable, log })
    await wait(100)
  }
  throw new Error(`The embedded servers did not start. ${readIfThere(log)?.trim().split('\n').slice(-5).join('\n') ?? ''}`)
}

function launch({ home, durable, log }) {
  const out = openSync(log, 'a', 0o600)
  const options = { cwd: '/', detached: true, stdio: ['ignore', out, out] }
  const child = spawn(process.execPath, [keeperScript, JSON.stringify({ home, durable })], options)
  closeSync(out)
  child.unref()
  return child
}

function tryConnect(socket) {
  return new Promise((resolve) => {
    const connection = connect(socket)
    connection.once('error', () => resolve(null))
    connection.once('connect', () => resolve(connection))
  })
}

/** Resolves with the addresses, or with null when the keeper left before it was ready (it was just stopping). */
function ask(connection, want, say) {
  connection.write(`${JSON.stringify({ want })}\n`)
  return new Promise((resolve, reject) => {
    connection.on('error', () => {})
    connection.once('close', () => resolve(null))
    const lines = createInterface({ input: connection })
    lines.on('error', () => {}) // It repeats those of the connection; "close" says what matters.
    lines.on('line', (line) => {
      const heard = JSON.parse(line)
      if (heard.say) say(heard.say)
      if (heard.error) reject(new Error(heard.error))
      if (heard.ready) resolve(heard.ready)
    })
  })
}
