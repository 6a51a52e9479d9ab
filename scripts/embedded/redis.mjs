// One Redis in a folder on a unix socket: adopted when it already answers there, stopped cleanly.
import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { readIfThere } from '../host/files.mjs'
import { isAlive, waitUntil } from '../host/process.mjs'
import { redisBinary } from './redis-binary.mjs'

/** @returns `url` is the socket's path. `pid()` is null when the server is gone. */
export async function startRedis({ folder, socket, durable = true, binary, say }) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const log = join(folder, 'server.log')
  let pid = await pidOfRunning(socket)
  if (!pid) {
    const { command, env } = binary ?? (await redisBinary(say))
    say('Starting Redis…')
    pid = launch({ command, env, folder, socket, durable, log })
    const ready = await waitUntil(async () => (await pidOfRunning(socket)) === pid || !isAlive(pid), 60_000)
    if (!ready || !isAlive(pid))
      throw new Error(`Redis did not start (${log}):\n${(readIfThere(log) ?? '').trim().split('\n').slice(-10).join('\n')}`)
  }
  return {
    url: socket,
    folder,
    pid: () => (isAlive(pid) ? pid : null),
    stop: async () => {
      signal(pid, 'SIGTERM') // Redis writes out what it has and leaves.
      if (!(await waitUntil(() => !isAlive(pid), 20_000))) signal(pid, 'SIGKILL')
    },
  }
}

function launch({ command, env, folder, socket, durable, log }) {
  const out = openSync(log, 'a', 0o600)
  const keep = durable ? ['--appendonly', 'yes', '--appendfsync', 'everysec'] : ['--appendonly', 'no']
  const args = ['--port', '0', '--unixsocket', socket, '--unixsocketperm', '700', '--dir', folder, '--save', '', ...keep]
  const child = spawn(command, [...args, '--maxmemory-policy', 'noeviction'], {
    argv0: 'redis-server',
    env: { ...process.env, ...env },
    cwd: folder,
    detached: true,
    stdio: ['ignore', out, out],
  })
  closeSync(out)
  child.once('error', () => {})
  child.unref()
  return child.pid
}

function signal(pid, name) {
  try {
    process.kill(pid, name)
  } catch {
    // It has left by itself.
  }
}

/** Asks whoever answers on the socket; a dead one's socket file refuses the connection. */
function pidOfRunning(socket) {
  return new Promise((resolve) => {
    const connection = connect(socket)
    let said = ''
    const end = (pid) => {
      connection.destroy()
      resolve(pid)
    }
    connection.setTimeout(2_000, () => end(null))
    connection.once('error', () => end(null))
    connection.once('connect', () => connection.write('INFO server\r\n'))
    connection.on('data', (chunk) => {
      said += chunk
      const pid = /process_id:(\d+)/.exec(said)
      if (pid) end(Number(pid[1]))
      else if (said.startsWith('-') && !said.startsWith('-LOADING')) end(null)
    })
  })
}
