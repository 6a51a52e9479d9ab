// One at a time, across processes: a file that names its holder. A holder that was killed holds nothing.
import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { readIfThere } from './files.mjs'
import { identityOf, waitUntil } from './process.mjs'

/** Takes the lock and returns its release, or null when a living process holds it. */
export function tryLock(path) {
  mkdirSync(dirname(path), { recursive: true })
  const mine = `${path}.${process.pid}.new`
  writeFileSync(mine, JSON.stringify({ pid: process.pid, identity: identityOf(process.pid) }))
  try {
    // link() makes the name and its content appear together; a plain exclusive create would be empty for a moment.
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        linkSync(mine, path)
        return () => rmSync(path, { force: true })
      } catch (error) {
        if (error.code !== 'EEXIST') throw error
      }
      if (holderOf(path)) return null
      removeStale(path)
    }
    return null
  } finally {
    rmSync(mine, { force: true })
  }
}

/** The pid that holds the lock, or null. */
export function holderOf(path) {
  const text = readIfThere(path)
  if (!text) return null
  const { pid, identity } = JSON.parse(text)
  return identity && identityOf(pid) === identity ? pid : null
}

/** Runs `work` alone; says once whom it waits for. */
export async function withLock(path, { say, work, ms = 600_000 }) {
  let release = tryLock(path)
  if (!release) {
    say(`Waiting for process ${holderOf(path)}, which does the same…`)
    release = await waitUntil(() => tryLock(path), ms, 200)
    if (!release) throw new Error(`Process ${holderOf(path)} has held ${path} for ten minutes. Stop it and try again.`)
  }
  try {
    return await work()
  } finally {
    release()
  }
}

/** Two may find the same dead holder: who moves away a living one's file puts it back. */
function removeStale(path) {
  const aside = `${path}.${process.pid}.stale`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (error.code === 'ENOENT') return
    throw error
  }
  if (holderOf(aside)) {
    try {
      linkSync(aside, path)
    } catch {
      // A third one was quicker.
    }
  }
  rmSync(aside, { force: true })
}
