import { mkdir, open, readFile, truncate } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Append-only JSON lines, one line an entry, flushed to the disk before the promise resolves. Entries that are written
 * while a flush is under way share the next one, so a burst costs few flushes.
 */
export type Journal<T> = {
  /** Resolves when the entry will survive a kill -9. */
  append(entry: T): Promise<void>
  close(): Promise<void>
}

export async function openJournal<T>(path: string): Promise<{ entries: T[]; journal: Journal<T> }> {
  await mkdir(dirname(path), { recursive: true })
  const { entries, end } = await readEntries<T>(path)
  const file = await open(path, 'a')
  // What a killed process left half-written was never acknowledged: the next line must not be glued to it.
  await truncate(path, end)

  let waiting: { line: string; done: (error?: unknown) => void }[] = []
  let writing: Promise<void> | undefined

  const write = async () => {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        await file.appendFile(batch.map((w) => w.line).join(''))
        await file.datasync()
        for (const w of batch) w.done()
      } catch (error) {
        for (const w of batch) w.done(error)
      }
    }
    writing = undefined
  }

  return {
    entries,
    journal: {
      append: (entry) =>
        new Promise((resolve, reject) => {
          waiting.push({ line: `${JSON.stringify(entry)}\n`, done: (error) => (error ? reject(error) : resolve()) })
          writing ??= Promise.resolve().then(write)
        }),
      async close() {
        await writing
        await file.close()
      },
    },
  }
}

async function readEntries<T>(path: string): Promise<{ entries: T[]; end: number }> {
  let bytes: Buffer
  try {
    bytes = await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { entries: [], end: 0 }
    throw error
  }
  const end = bytes.lastIndexOf(0x0a) + 1
  const lines = bytes.subarray(0, end).toString('utf8').split('\n').slice(0, -1)
  const entries = lines.map((line, at) => {
    try {
      return JSON.parse(line) as T
    } catch (cause) {
      throw new Error(`${path}: line ${at + 1} is unreadable; start with another journal to begin afresh`, { cause })
    }
  })
  return { entries, end }
}
