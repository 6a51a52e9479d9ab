// The process that owns the embedded PostgreSQL and Redis of one data folder. It runs apart from whoever needs them and
// stops both cleanly when the last client's connection closes, so a `kill -9` of a launcher leaves nothing running.
// A client connects to the keeper's socket, sends one line {want: ["postgres", "redis"]}, hears lines of JSON
// ({say} … {ready} or {error}) and stays connected for as long as it needs them.
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { tryLock } from '../host/lock.mjs'
import { startPostgres } from './postgres.mjs'
import { startRedis } from './redis.mjs'
import { socketFolder } from './sockets.mjs'

const { home, durable } = JSON.parse(process.argv[2])
const sockets = socketFolder(home)
const address = join(sockets, 'keeper.sock')

const release = tryLock(join(home, 'keeper.lock'))
if (!release) process.exit(0) // Another keeper of this folder was quicker, or is still stopping: our starter asks again.

const clients = new Set()
const tell = (client, line) => client.write(`${JSON.stringify(line)}\n`)
const say = (text) => clients.forEach((client) => void tell(client, { say: text }))

const starters = {
  postgres: () => startPostgres({ home, durable, say }),
  redis: () => startRedis({ folder: join(home, 'redis'), socket: join(sockets, 'redis.sock'), durable, say }),
}
/** name → promise of the running server */
const servers = new Map()

function serverOf(name) {
  if (!servers.has(name)) {
    const server = starters[name]()
    servers.set(name, server)
    server.catch(() => servers.delete(name))
  }
  return servers.get(name)
}

async function serve(client, { want }) {
  try {
    const found = await Promise.all(want.map(serverOf))
    tell(client, { ready: Object.fromEntries(want.map((name, i) => [name, found[i].url])) })
  } catch (error) {
    tell(client, { error: error.message })
  }
}

const door = createServer({ allowHalfOpen: true }, (client) => {
  clients.add(client)
  client.on('error', () => {})
  const lines = createInterface({ input: client })
  lines.on('error', () => {}) // It repeats those of the connection.
  lines.on('line', (line) => void serve(client, JSON.parse(line)))
  client.once('end', () => gone(client))
  client.once('close', () => gone(client))
})
rmSync(address, { force: true })
door.listen(address)

/** The last one's connection stays open until we have left, so that it can wait for that. */
function gone(client) {
  if (!clients.delete(client)) return
  if (clients.size === 0) void leave()
  else client.end()
}

// A starter that died before it connected must not leave us here for ever.
setTimeout(() => clients.size === 0 && void leave(), 20_000).unref()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void leave())
const watch = setInterval(() => void revive(), 1_000)

/** A server that died (killed, out of memory) starts again at the same address; its clients reconnect. */
let reviving = false
async function revive() {
  if (reviving) return
  reviving = true
  for (const [name, server] of [...servers]) {
    const running = await server.catch(() => null)
    if (!running || running.pid() || stopping) continue
    servers.delete(name)
    await serverOf(name).catch((error) => console.error(`${name} is down: ${error.message}`))
  }
  reviving = false
}

let stopping = false
async function leave() {
  if (stopping) return
  stopping = true
  clearInterval(watch)
  door.close()
  rmSync(address, { force: true })
  const found = await Promise.allSettled(servers.values())
  await Promise.all(found.map(({ value }) => value?.stop()))
  if (!durable)
    for (const folder of [...found.map(({ value }) => value?.folder ?? home), home])
      rmSync(folder, { recursive: true, force: true })
  release()
  process.exit(0)
}
