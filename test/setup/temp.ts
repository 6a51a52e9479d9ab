import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Not TMPDIR, which may be long: the names of unix sockets have about 100 bytes. */
const base = '/tmp'

/** A folder that names its owner, so that what a killed run left can be told from what is in use. */
export async function makeTemp(kind: string): Promise<string> {
  const folder = await mkdtemp(join(base, `bulou-${kind}-${process.pid}-`))
  // PostgreSQL runs as another user when we are root.
  await chmod(folder, 0o711)
  return folder
}

/** Removes what killed runs left behind, with any PostgreSQL that still runs in it. */
export async function sweepTemps(): Promise<void> {
  for (const name of await readdir(base)) {
    const owner = /^bulou-[a-z]+-(\d+)-/.exec(name)?.[1]
    if (!owner || isRunning(Number(owner))) continue
    const folder = join(base, name)
    await endPostgres(folder)
    await rm(folder, { recursive: true, force: true }).catch(() => {}) // another user's is not ours to remove
  }
}

async function endPostgres(home: string): Promise<void> {
  if (!existsSync(join(home, 'postgres'))) return
  const data = join(await realpath(join(home, 'postgres')), 'data')
  const pid = Number((await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0])
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  if (pid && command.includes(data)) process.kill(pid, 'SIGKILL')
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
