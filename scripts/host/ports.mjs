// TCP ports of this machine.
import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:net'

/**
 * The wanted port if it is free, else any free one. Below the range from which the system takes ports for outgoing
 * connections: a server that is restarted finds its port free.
 */
export async function freePort(wanted = 0) {
  for (let port = wanted; ; port = randomInt(20_000, 32_000)) {
    if (port && (await isFree(port))) return port
  }
}

/** Free on loopback and on all addresses: a server that listens on 0.0.0.0 counts as well. */
export async function isFree(port) {
  for (const host of ['127.0.0.1', undefined]) {
    const free = await new Promise((resolve) => {
      const server = createServer()
      server.once('error', () => resolve(false))
      server.listen(port, host, () => server.close(() => resolve(true)))
    })
    if (!free) return false
  }
  return true
}

/** Who listens there: `{pid, command}`, or null when the system doesn't tell us. */
export function holderOfPort(port) {
  try {
    return process.platform === 'linux' ? holderByProc(port) : holderByLsof(port)
  } catch {
    return null
  }
}

function holderByProc(port) {
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  const inodes = new Set()
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readFileSync(table, 'utf8').split('\n').slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/)
      if (state === '0A' && local?.endsWith(`:${hex}`)) inodes.add(`socket:[${inode}]`)
    }
  }
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (handlesOf(pid).some((handle) => inodes.has(handle))) {
      return { pid: Number(pid), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() }
    }
  }
  return null
}

/** What a process has open; nothing for another user's process. */
function handlesOf(pid) {
  const or = (fallback, read) => {
    try {
      return read()
    } catch {
      return fallback // It has just been closed, or is not ours to see.
    }
  }
  return or([], () => readdirSync(`/proc/${pid}/fd`)).map((fd) => or('', () => readlinkSync(`/proc/${pid}/fd/${fd}`)))
}

function holderByLsof(port) {
  const [pid] = execFileSync('lsof', ['-nP', '-t', `-iTCP:${port}`, '-sTCP:LISTEN'], { encoding: 'utf8' })
    .trim()
    .split('\n')
  return { pid: Number(pid), command: execFileSync('ps', ['-o', 'command=', '-p', pid], { encoding: 'utf8' }).trim() }
}
