// Builds the pages (the sidebar's H5, the desk of the stand-in) when their sources have changed.
import { basename, join } from 'node:path'
import { hashOf, onceFor } from './host/files.mjs'
import { withLock } from './host/lock.mjs'
import { root } from './host/paths.mjs'
import { mustRun } from './host/process.mjs'

export const h5Folder = join(root, 'dist/sidebar-h5')
/** Not under dist: what production runs holds nothing of the stand-in. */
export const deskFolder = join(root, '.cache/desk')

/** The script and style of the customer's page, which the server draws. */
const quotePage = {
  name: 'quote',
  config: 'sidebar-h5/quote.vite.config.ts',
  sources: [
    'sidebar-h5/quote.vite.config.ts',
    'sidebar-h5/src/quote',
    'sidebar-h5/src/styles',
    'sidebar-h5/src/request-id.ts',
    'lib/format',
  ],
  out: join(root, 'dist/quote-page'),
}
const pages = [
  { name: 'sidebar', config: 'sidebar-h5/vite.config.ts', sources: ['sidebar-h5', 'lib/format', 'domain'], out: h5Folder },
  { name: 'desk', config: 'simulator/desk/vite.config.ts', sources: ['simulator/desk', 'lib/format'], out: deskFolder },
  quotePage,
]

export async function buildPages(say) {
  await withLock(join(root, '.cache/pages.lock'), {
    say,
    work: async () => {
      for (const page of pages) await buildPage(page, say)
    },
  })
}

/** For a build that puts everything elsewhere first: the folder of each within `folder`. */
export async function buildPagesInto(folder, say) {
  for (const page of [pages[0], quotePage]) await buildPage({ ...page, out: join(folder, basename(page.out)) }, say)
}

async function buildPage({ name, config, sources, out }, say) {
  const wanted = hashOf([...sources, 'package-lock.json'], { skip: isUnused })
  await onceFor(join(out, '.stamp'), wanted, async () => {
    say(`Building the ${name} pages…`)
    await mustRun(
      process.execPath,
      ['node_modules/vite/bin/vite.js', 'build', '--config', config, '--outDir', out, '--emptyOutDir', '--logLevel', 'warn'],
      { cwd: root, env: { ...process.env, NODE_ENV: 'production' } },
    )
  })
}

/** Tests, and of the domain all but the contracts that pages share. */
const isUnused = (path) => /\.test\.ts$/.test(path) || (/^domain\/.*\.ts$/.test(path) && !path.endsWith('.contract.ts'))
