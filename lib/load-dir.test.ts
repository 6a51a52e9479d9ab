import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadDir } from './load-dir.js'

type Definition = { name: string; label: string }
let folder: string
// As people call their folders.
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'bulou-definitions-')), '我的 项目 100%')
  await mkdir(folder)
})
afterEach(() => rm(join(folder, '..'), { recursive: true }))

const write = (file: string, text: string) => writeFile(join(folder, file), text)
const load = () => loadDir<Definition>(pathToFileURL(folder), ['label'])
const defines = (name: string) => `export default { name: '${name}', label: '标签' }`

it('finds every definition by its file’s name, wherever the checkout lies, and nothing else', async () => {
  await Promise.all([
    write('confirm-can.js', defines('confirm-can')),
    write('help.js', defines('help')),
    write('help.test.js', 'throw new Error("a test is no definition")'),
    write('help.d.ts', ''),
    write('notes.txt', ''),
  ])
  expect([...(await load()).keys()]).toEqual(['confirm-can', 'help'])
})

describe('refuses, and names the culprit', () => {
  it.each([
    ['a file that defines nothing', { 'help.js': 'export const help = 1' }, /我的 项目 100%\/help\.js has no default export/],
    ['a name that isn’t the file’s', { 'help.js': defines('hlep') }, /help\.js defines «hlep»: its name must be «help»/],
    ['a part that is missing', { 'help.js': `export default { name: 'help' }` }, /help\.js lacks label/],
    ['the same name twice', { 'help.js': defines('help'), 'help.ts': defines('help') }, /help\.ts defines «help» a second time/],
  ])('%s', async (_what, files, words) => {
    for (const [file, text] of Object.entries(files)) await write(file, text)
    await expect(load()).rejects.toThrow(words)
  })
})
