const kinds: [string, (data: Uint8Array) => boolean][] = [
  ['image/jpeg', (data) => data[0] === 0xff && data[1] === 0xd8 && data[2] === 0xff],
  ['image/png', (data) => Buffer.from(data.subarray(0, 8)).toString('latin1') === '\x89PNG\r\n\x1a\n'],
  ['image/gif', (data) => Buffer.from(data.subarray(0, 4)).toString('latin1') === 'GIF8'],
  ['image/webp', (data) => Buffer.from(data.subarray(8, 12)).toString('latin1') === 'WEBP'],
]

/** What a picture is by its first bytes, whatever somebody calls it. Null: nothing that a browser shows as a picture. */
export const pictureType = (data: Uint8Array): string | null => kinds.find(([, is]) => is(data))?.[0] ?? null
