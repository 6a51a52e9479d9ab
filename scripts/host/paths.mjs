// Where things are kept: the checkout, the data folder (BULOU_HOME) and the cache of fetched tools.
import { accessSync, constants, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '')

export const isRoot = process.getuid?.() === 0

/** Data of this installation. As root it stays traversable (not readable): PostgreSQL runs as another user inside it. */
export function homeFolder() {
  const home = resolve(process.env.BULOU_HOME || join(root, '.bulou'))
  mkdirSync(home, { recursive: true, mode: isRoot ? 0o711 : 0o700 })
  if (!isWritable(home))
    throw new Error(`${home} belongs to another user. Run as that user, or set BULOU_HOME to a folder of your own.`)
  return home
}

/** Tools fetched once and shared by all checkouts of this user (Redis, Chromium, fonts). Safe to delete. */
export function cacheFolder() {
  const wanted = process.env.BULOU_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'bulou')
  for (const folder of [wanted, join(root, '.cache')]) {
    try {
      mkdirSync(folder, { recursive: true })
      if (isWritable(folder)) return folder
    } catch {
      // An account without a home (CI, containers): the checkout's own folder serves.
    }
  }
  throw new Error(`Neither ${wanted} nor ${root}/.cache can be written. Set BULOU_CACHE to a folder of your own.`)
}

function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}
