import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { holderOf, tryLock, withLock } from './lock.mjs'
import { identityOf } from './process.mjs'

let folder
beforeAll(() => {
  folder = mkdtempSync('/tmp/bulou-lock-')
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('a lock between processes', () => {
  it('has one holder until it is released', () => {
    const path = join(folder, 'one')
    const release = tryLock(path)
    expect(holderOf(path)).toBe(process.pid)
    expect(tryLock(path)).toBeNull()
    release()
    expect(holderOf(path)).toBeNull()
    tryLock(path)()
    expect(readdirSync(folder)).toEqual([])
  })

  it('is free again when its holder was killed', async () => {
    const path = join(folder, 'killed')
    const lock = fileURLToPath(new URL('lock.mjs', import.meta.url))
    const code = `import { tryLock } from ${JSON.stringify(lock)}; tryLock(process.argv[1]); console.log('held'); setInterval(() => {}, 1000)`
    const holder = spawn(process.execPath, ['--input-type=module', '-e', code, path], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(holder.stdout, 'data')
    expect(tryLock(path)).toBeNull()
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    const release = tryLock(path)
    expect(release).not.toBeNull()
    release()
  })

  it('does not take a later process with the same pid for the holder', () => {
    const path = join(folder, 'reused')
    writeFileSync(path, JSON.stringify({ pid: process.pid, identity: `not ${identityOf(process.pid)}` }))
    expect(holderOf(path)).toBeNull()
    tryLock(path)()
  })

  it('lets the second wait for the first, and says so', async () => {
    const path = join(folder, 'queue')
    const said = []
    const order = []
    const work = (name) =>
      withLock(path, { say: (line) => said.push(line), work: async () => void order.push(`${name} in`, `${name} out`) })
    const release = tryLock(path)
    const second = work('second')
    order.push('first out')
    release()
    await second
    expect(order).toEqual(['first out', 'second in', 'second out'])
    expect(said).toEqual([expect.stringContaining(String(process.pid))])
  })
})
