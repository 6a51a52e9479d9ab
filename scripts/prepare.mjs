// Makes a checkout ready to run: dependencies and the generated Prisma client. Plain Node: nothing is installed yet.
// Killed at any point, the next run finds no stamp and does the step again.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { hashOf, onceFor, readIfThere, writeAtomic } from './host/files.mjs'
import { withLock } from './host/lock.mjs'
import { root } from './host/paths.mjs'
import { mustRun } from './host/process.mjs'
import { createSay, finish } from './host/say.mjs'

const modules = join(root, 'node_modules')

export async function prepare(say = createSay()) {
  checkNode()
  await withLock(join(root, '.cache/prepare.lock'), {
    say,
    work: async () => {
      await installDependencies(say)
      await generateClient(say)
    },
  })
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24
  if (!fits)
    throw new Error(
      `Node ${process.versions.node} is too old for Bulou. It needs 20.19, 22.12 or 24 and later: https://nodejs.org`,
    )
}

async function installDependencies(say) {
  const stamp = join(modules, '.bulou-installed')
  const wanted = `${hashOf(['package-lock.json'])} ${process.platform}-${process.arch}`
  if (readIfThere(stamp) !== wanted && isInstalled()) writeAtomic(stamp, wanted)
  await onceFor(stamp, wanted, async () => {
    say('Installing dependencies (npm ci, about a minute)…')
    // NODE_ENV=production in the environment would leave out what builds the pages.
    await mustRun('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], { cwd: root })
  })
}

/** npm's own record of what it has put there (written last) against the lock file: a developer's `npm install` counts. */
function isInstalled() {
  const record = readIfThere(join(modules, '.package-lock.json'))
  if (!record) return false
  const there = JSON.parse(record).packages
  const wanted = Object.entries(JSON.parse(readIfThere(join(root, 'package-lock.json'))).packages)
  return wanted.every(([path, { version, integrity, optional }]) => {
    if (path === '') return true
    if (!there[path]) return optional === true
    return there[path].version === version && there[path].integrity === integrity && existsSync(join(root, path))
  })
}

async function generateClient(say) {
  const wanted = hashOf(['prisma/schema', 'prisma.config.ts', 'package-lock.json'])
  await onceFor(join(root, 'generated/.stamp'), wanted, async () => {
    say('Generating the database client…')
    await mustRun('npx', ['--no-install', 'prisma', 'generate'], { cwd: root })
  })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await finish(() => prepare())
