// Unix sockets have short names: about 100 bytes. A deep data folder keeps its sockets in a short one.
import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'

export function socketFolder(home) {
  const near = join(home, 'run')
  const short = `/tmp/bulou-${userInfo().uid}-${createHash('sha256').update(home).digest('hex').slice(0, 12)}`
  const folder = Buffer.byteLength(join(near, 'keeper.sock')) <= 100 ? near : short
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // /tmp is everybody's: a folder that someone else has put there first is not ours to use.
  const { uid, mode } = lstatSync(folder)
  if (uid !== userInfo().uid || (mode & 0o077) !== 0)
    throw new Error(`${folder} must belong to you alone (mode 700). Remove it and try again.`)
  return folder
}
