import { inflateRawSync } from 'node:zlib'

/** What a workbook may hold when it is opened. */
const MOST_ENTRIES = 500
const MOST_INFLATED = 80 * 1024 * 1024

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50

/**
 * Whether a zip is what it says and stays within bounds when it is opened; else why not, for the log. A library that opens
 * archives believes the sizes that stand in them: here every entry is opened once with a bound, so that a small file which
 * would fill the memory is known before anything else touches it. Encrypted, split and Zip64 archives are no workbooks.
 * APPNOTE.TXT 4.3: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function checkZip(file: Buffer): string | null {
  const end = findEnd(file)
  if (end < 0) return 'no end of central directory'
  const entries = file.readUInt16LE(end + 10)
  if (entries === 0 || entries > MOST_ENTRIES) return `${entries} entries`
  let at = file.readUInt32LE(end + 16)
  let total = 0
  for (let i = 0; i < entries; i += 1) {
    if (at + 46 > end || file.readUInt32LE(at) !== ENTRY) return 'a broken directory'
    const [flags, method] = [file.readUInt16LE(at + 8), file.readUInt16LE(at + 10)]
    const [packed, size, local] = [file.readUInt32LE(at + 20), file.readUInt32LE(at + 24), file.readUInt32LE(at + 42)]
    if (flags & 1) return 'an encrypted entry'
    total += size
    if (total > MOST_INFLATED) return 'too large when opened'
    const why = checkEntry(file, { local, method, packed, size })
    if (why) return why
    at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
  }
  return null
}

type Entry = { local: number; method: number; packed: number; size: number }

function checkEntry(file: Buffer, { local, method, packed, size }: Entry): string | null {
  if (local + 30 > file.length || file.readUInt32LE(local) !== LOCAL) return 'an entry that is not there'
  const from = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
  if (from + packed > file.length) return 'an entry that is cut off'
  if (method === 0) return packed === size ? null : 'an entry of another size'
  if (method !== 8) return `compression ${method}`
  if (size === 0) return packed <= 2 ? null : 'an entry of another size'
  try {
    const opened = inflateRawSync(file.subarray(from, from + packed), { maxOutputLength: size })
    return opened.length === size ? null : 'an entry of another size'
  } catch {
    return 'an entry that can not be opened, or is larger than it says'
  }
}

/** It stands at the end, before a comment of at most 64 KB. */
function findEnd(file: Buffer): number {
  for (let at = file.length - 22; at >= Math.max(0, file.length - 22 - 0xffff); at -= 1)
    if (file.readUInt32LE(at) === END) return at
  return -1
}
