import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { projectRoot } from '../../lib/project-root.js'

const root = fileURLToPath(projectRoot)
/** What the processes of a rig run or read. */
const folders = ['lib', 'domain', 'nlp', 'channels', 'bot-server', 'jobs', 'simulator', 'prisma', 'generated', 'scripts']
const isData = (path: string) => !/\.(ts|md|vue)$/.test(path) && !path.includes('/simulator/desk/')

let folder: string | undefined

/**
 * All of our code as JavaScript, made anew for each run: a rig starts and restarts processes by the dozen, and a process
 * that has to translate its sources first takes three times as long to start. Inside the checkout, where node finds the
 * packages.
 */
export async function setup(): Promise<void> {
  const cache = join(root, '.cache/compiled')
  await mkdir(cache, { recursive: true })
  await sweep(cache)
  folder = await mkdtemp(join(cache, `${process.pid}-`))
  await build({
    entryPoints: folders.map((name) => join(root, name, '**/*.ts')),
    outdir: folder,
    outbase: root,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  })
  for (const name of folders) await copyData(join(root, name), join(folder, name))
  process.env.BULOU_COMPILED = folder
}

export async function teardown(): Promise<void> {
  if (folder) await rm(folder, { recursive: true, force: true })
}

async function copyData(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, filter: (path) => extname(path) === '' || isData(path) })
}

/** What a run that was killed left behind. */
async function sweep(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    try {
      process.kill(Number(name.split('-')[0]), 0)
    } catch {
      await rm(join(cache, name), { recursive: true, force: true })
    }
  }
}
