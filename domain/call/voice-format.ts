const text = (data: Uint8Array, from: number, to: number) => Buffer.from(data.subarray(from, to)).toString('latin1')

/** What recorders write, told by the first bytes: whoever sends a file may call it anything. */
const formats: [string, (data: Uint8Array) => boolean][] = [
  ['audio/webm', (data) => text(data, 0, 4) === '\x1aE\xdf\xa3'],
  ['audio/mp4', (data) => text(data, 4, 8) === 'ftyp'],
  ['audio/ogg', (data) => text(data, 0, 4) === 'OggS'],
]

/** Null: not a recording. */
export const voiceFormat = (data: Uint8Array): string | null => formats.find(([, is]) => is(data))?.[0] ?? null
