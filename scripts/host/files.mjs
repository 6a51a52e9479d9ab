// Small file work that survives being killed in the middle: everything is written beside its place and renamed into it.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { root } from './paths.mjs'

export function writeAtomic(path, content, mode = 0o644) {
  mkdirSync(dirname(path), { recursive: true })
  const half = `${path}.${process.pid}.new`
  writeFileSync(half, content, { mode })
  renameSync(half, path)
}

/** The file's text, or null when there is none. */
export function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ESRCH'].includes(error.code)) return null
    throw error
  }
}

/** One hash over files and folders (relative to the checkout): same content, same hash, whatever the dates say. */
export function hashOf(paths, { skip = () => false } = {}) {
  const hash = createHash('sha256')
  const add = (path) => {
    const name = relative(root, path)
    if (skip(name)) return
    const found = statSync(path, { throwIfNoEntry: false })
    if (!found) return
    if (found.isDirectory()) for (const entry of readdirSync(path).sort()) add(join(path, entry))
    else hash.update(`${name}\0${found.size}\0`).update(readFileSync(path))
  }
  for (const path of paths) add(join(root, path))
  return hash.digest('hex')
}

/** Runs `make` unless the stamp says that it has succeeded for exactly this input. The stamp is written last. */
export async function onceFor(stamp, wanted, make) {
  if (readIfThere(stamp) === wanted) return false
  rmSync(stamp, { force: true })
  await make()
  writeAtomic(stamp, wanted)
  return true
}
