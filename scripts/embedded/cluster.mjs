// initdb, whole or not at all: made beside its place and renamed. Killed in the middle, the next start begins anew.
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { mustRun } from '../host/process.mjs'
import { giveTo } from './account.mjs'

/** @returns the password of the cluster's user `bulou`. */
export async function createCluster({ folder, bin, as, account, durable, say }) {
  const half = `${folder}.new-${process.pid}`
  for (const name of readdirSync(dirname(folder))) {
    if (name.startsWith(`${basename(folder)}.new-`)) rmSync(join(dirname(folder), name), { recursive: true, force: true })
  }
  if (!existsSync(join(folder, 'data'))) {
    say('Creating the database cluster…')
    const data = join(half, 'data')
    const password = join(half, 'password')
    mkdirSync(data, { recursive: true, mode: 0o700 })
    writeFileSync(password, randomBytes(24).toString('base64url'), { mode: 0o600 })
    for (const path of [half, data, password]) giveTo(path, account)
    const sync = durable ? [] : ['--no-sync']
    const text = ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8']
    const access = ['-U', 'bulou', '--pwfile', password, '--auth=scram-sha-256']
    await mustRun(join(bin, 'initdb'), ['-D', data, ...access, ...text, '--no-instructions', ...sync], as)
    const create = `echo 'CREATE DATABASE bulou' | "$0" --single -F -D "$1" postgres 2>&1`
    const said = await mustRun('/bin/sh', ['-c', create, join(bin, 'postgres'), data], as)
    if (/ERROR|FATAL/.test(said)) throw new Error(`The database could not be created:\n${said}`)
    if (account) chmodSync(half, 0o711)
    rmSync(folder, { recursive: true, force: true })
    renameSync(half, folder)
  }
  return readFileSync(join(folder, 'password'), 'utf8')
}
