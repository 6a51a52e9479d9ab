// PostgreSQL refuses to run as root. Then it runs as an unprivileged user, in folders that this user can reach.
import { execFileSync, spawnSync } from 'node:child_process'
import { chownSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isRoot } from '../host/paths.mjs'

/** Who runs PostgreSQL: the owner of existing data, else `nobody`; null: simply us. */
export function accountFor(data) {
  if (!isRoot) return null
  const owner = existsSync(data) ? statSync(data) : null
  if (owner?.uid) return { uid: owner.uid, gid: owner.gid }
  const id = (flag) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** Really asked of the system as that user: modes, ACLs and mounts all count. */
export function canReach(path, account) {
  if (!account) return true
  const nearest = (p) => (existsSync(p) ? p : nearest(dirname(p)))
  return spawnSync('/bin/sh', ['-c', 'test -x "$0"', nearest(path)], { ...account, cwd: '/' }).status === 0
}

/** A folder that `account` can reach, for what lies where it can't. Only root ever needs one. */
export function reachableFolder(name, account) {
  for (const base of ['/var/lib/bulou', '/var/tmp/bulou']) {
    const folder = join(base, name)
    mkdirSync(base, { recursive: true, mode: 0o755 })
    if (canReach(base, account)) return folder
  }
  throw new Error(`No folder that user ${account.uid} can reach: tried /var/lib/bulou and /var/tmp/bulou.`)
}

/** A copy of `source` where `account` can run it; made once, whole or not at all. */
export function copyWithinReach(source, name, { account, say }) {
  const target = reachableFolder(name, account)
  if (existsSync(target)) return target
  say(`PostgreSQL runs as another user, who can't reach ${source}: its program is copied to ${target}`)
  const half = `${target}.${process.pid}.new`
  rmSync(half, { recursive: true, force: true })
  cpSync(source, half, { recursive: true, verbatimSymlinks: true })
  renameSync(half, target)
  return target
}

export function giveTo(path, account) {
  if (account) chownSync(path, account.uid, account.gid)
}
