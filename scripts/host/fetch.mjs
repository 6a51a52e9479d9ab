// Fetches programs without being an administrator: packages of npm and, on Debian and Ubuntu, of the system's archive.
// Each lands in the cache under its name, whole or not at all.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from './paths.mjs'
import { mustRun, run } from './process.mjs'

/** @returns the folder with the unpacked npm package `spec` (its own files only, no dependencies). */
export const fetchNpm = (name, spec) =>
  keepInCache(name, async (half) => {
    await mustRun('npm', ['pack', spec, '--pack-destination', half, '--silent'], { cwd: half })
    const tarball = readdirSync(half).find((file) => file.endsWith('.tgz'))
    await mustRun('tar', ['-xzf', tarball, '--strip-components=1'], { cwd: half })
    rmSync(join(half, tarball))
  })

/** @returns the folder into which the Debian package and whatever it needs and this system lacks are unpacked. */
export const fetchApt = (name, debianPackage) =>
  keepInCache(name, async (half) => {
    const own = join(half, 'apt')
    for (const folder of ['state/lists/partial', 'cache/archives/partial', 'debs'])
      mkdirSync(join(own, folder), { recursive: true })
    const options = [
      `Dir::State=${own}/state`,
      `Dir::State::Lists=${own}/state/lists`,
      'Dir::State::status=/var/lib/dpkg/status',
      `Dir::Cache=${own}/cache`,
      'Debug::NoLocking=true',
      'APT::Sandbox::User=',
    ].flatMap((option) => ['-o', option])
    await mustRun('apt-get', [...options, '-qq', 'update'])
    const plan = await mustRun('apt-get', [...options, '-s', '--no-install-recommends', 'install', debianPackage])
    const names = [...plan.matchAll(/^Inst (\S+)/gm)].map((match) => match[1])
    await mustRun('apt-get', [...options, '-qq', 'download', ...(names.length ? names : [debianPackage])], {
      cwd: join(own, 'debs'),
    })
    for (const deb of readdirSync(join(own, 'debs'))) await mustRun('dpkg', ['-x', join(own, 'debs', deb), half])
    rmSync(own, { recursive: true, force: true })
  })

export const hasCommand = async (command) => (await run('/bin/sh', ['-c', `command -v ${command}`])).code === 0

export async function keepInCache(name, fill) {
  const target = join(cacheFolder(), name)
  if (existsSync(target)) return target
  removeLeftovers(name)
  const half = mkdtempSync(`${target}.new-`)
  try {
    await fill(half)
    try {
      renameSync(half, target)
    } catch (error) {
      if (!existsSync(target)) throw error // else another run was quicker
    }
    return target
  } finally {
    rmSync(half, { recursive: true, force: true })
  }
}

/** What a killed run left; another run's half, still growing, is younger than an hour. */
function removeLeftovers(name) {
  for (const entry of readdirSync(cacheFolder()).filter((entry) => entry.startsWith(`${name}.new-`))) {
    const path = join(cacheFolder(), entry)
    if (Date.now() - statSync(path).mtimeMs > 3_600_000) rmSync(path, { recursive: true, force: true })
  }
}
