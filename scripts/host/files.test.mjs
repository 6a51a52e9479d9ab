import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hashOf, onceFor, readIfThere } from './files.mjs'
import { root } from './paths.mjs'

let folder
beforeAll(() => {
  mkdirSync(join(root, '.cache'), { recursive: true })
  folder = mkdtempSync(join(root, '.cache/files-test-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

it('does a step once for the same input, and again when the input changed or the step was not finished', async () => {
  const stamp = join(folder, 'stamp')
  let made = 0
  const make = async () => void made++
  expect(await onceFor(stamp, 'a', make)).toBe(true)
  expect(await onceFor(stamp, 'a', make)).toBe(false)
  expect(await onceFor(stamp, 'b', make)).toBe(true)
  await expect(onceFor(stamp, 'c', () => Promise.reject(new Error('killed')))).rejects.toThrow('killed')
  expect(readIfThere(stamp)).toBeNull()
  expect(await onceFor(stamp, 'b', make)).toBe(true)
  expect(made).toBe(3)
})

it('hashes content and names, not dates, and leaves out what is skipped', () => {
  const file = join(folder, 'source.ts')
  const hash = () => hashOf([relative(root, folder)], { skip: (name) => name.endsWith('.test.ts') })
  writeFileSync(file, 'one')
  const first = hash()
  writeFileSync(file, 'one')
  writeFileSync(join(folder, 'source.test.ts'), 'a test')
  expect(hash()).toBe(first)
  writeFileSync(file, 'two')
  expect(hash()).not.toBe(first)
})
