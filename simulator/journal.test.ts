import { appendFile, mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { openJournal } from './journal.js'

let path: string
beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'journal-')), 'deep', 'j.jsonl')
})

it('keeps entries in the order they were given, however many at once', async () => {
  const { journal } = await openJournal<number>(path)
  await Promise.all(Array.from({ length: 500 }, (_, i) => journal.append(i)))
  await journal.close()
  expect((await openJournal<number>(path)).entries).toEqual(Array.from({ length: 500 }, (_, i) => i))
})

it('has an entry on disk when its promise resolves', async () => {
  const { journal } = await openJournal<string>(path)
  await journal.append('改成下周五')
  expect(await readFile(path, 'utf8')).toBe('"改成下周五"\n')
})

it('drops a line that a kill tore and goes on after the last whole one', async () => {
  const first = await openJournal<string>(path)
  await first.journal.append('whole')
  await first.journal.close()
  await appendFile(path, '"to')
  const second = await openJournal<string>(path)
  expect(second.entries).toEqual(['whole'])
  await second.journal.append('next')
  await second.journal.close()
  expect((await openJournal<string>(path)).entries).toEqual(['whole', 'next'])
})

it('names the line that it cannot read', async () => {
  const { journal } = await openJournal<string>(path)
  await journal.append('whole')
  await journal.close()
  await appendFile(path, '{oops\n"next"\n')
  await expect(openJournal(path)).rejects.toThrow(/line 2 is unreadable/)
})
