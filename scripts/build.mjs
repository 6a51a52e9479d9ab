// `npm run build`: what production runs, in dist/. Made beside it and swapped in when it is whole.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { withLock } from './host/lock.mjs'
import { root } from './host/paths.mjs'
import { mustRun } from './host/process.mjs'
import { createSay, finish } from './host/say.mjs'
import { buildPagesInto } from './pages.mjs'
import { prepare } from './prepare.mjs'

const say = createSay()
const dist = join(root, 'dist')
const half = join(root, '.cache/dist.new')
const old = join(root, '.cache/dist.old')
/** The folders whose data files (word lists, corpora, migrations) the compiler does not copy. */
const withData = ['lib', 'domain', 'nlp', 'channels', 'bot-server', 'jobs', 'generated', 'prisma/migrations']

await finish(async () => {
  await prepare(say)
  await withLock(join(root, '.cache/build.lock'), { say, work: build })
  say('dist/ is ready: npm start')
})

async function build() {
  rmSync(half, { recursive: true, force: true })
  mkdirSync(half, { recursive: true })
  say('Compiling…')
  await mustRun(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', half], {
    cwd: root,
  })
  for (const folder of withData) {
    if (existsSync(join(root, folder))) cpSync(join(root, folder), join(half, folder), { recursive: true, filter: isData })
  }
  await buildPagesInto(half, say)
  refuseForeign(half)
  // Two renames: whoever is being served from it finds no page missing while thousands of files are taken away.
  rmSync(old, { recursive: true, force: true })
  if (existsSync(dist)) renameSync(dist, old)
  renameSync(half, dist)
  rmSync(old, { recursive: true, force: true })
}

function isData(path) {
  if (statSync(path).isDirectory()) return basename(path) !== 'fixtures'
  return !/\.(ts|md|tsbuildinfo)$|^\./.test(basename(path))
}

/** Production never contains the stand-in, tests or benchmarks: an import that drags them in ends the build here. */
function refuseForeign(folder) {
  for (const name of readdirSync(folder, { recursive: true })) {
    const foreign = /^(simulator|test|bench|scripts)\/|\.test\.js$/.test(name)
    const imports =
      /\.m?js$/.test(name) &&
      !/^(sidebar-h5|quote-page)\//.test(name) &&
      /(from|import\()\s*['"][^'"]*\/(simulator|test|bench)\//.test(readFileSync(join(folder, name), 'utf8'))
    if (foreign || imports)
      throw new Error(`dist/${name} must not be part of production: something that production runs imports it.`)
  }
}
