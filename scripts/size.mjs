// `npm run size [-- folder]`: the gzip bytes that must arrive before an entry of the pages can be used, against its budget.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from './host/paths.mjs'

const dist = process.argv[2] ?? join(root, 'dist')
const KB = 1024

/**
 * `needs` are chunks that are loaded on demand and yet stand before the first picture: in WeCom that is its SDK. A budget
 * names what exists; a page that gets an entry of its own is added here with its own.
 */
const entries = [
  { name: 'sidebar', folder: 'sidebar-h5', entry: 'index.html', needs: ['src/host/wecom.ts'], budget: 70 * KB },
  // What a customer's phone loads beside the page itself, which the server draws: with the page 40 KB (quote-page.test.ts).
  { name: 'quote', folder: 'quote-page', entry: null, needs: ['src/quote/main.ts'], budget: 14 * KB },
]

const report = entries.map((it) => ({ ...it, files: criticalPath(it) }))
for (const { name, files, budget } of report) print(name, files, budget)

const over = report.filter(({ files, budget }) => total(files) > budget)
if (over.length) {
  console.error(`\nOver budget: ${over.map((it) => it.name).join(', ')}. Load later what the first picture doesn't need.`)
  process.exitCode = 1
}

function readManifest(built) {
  try {
    return JSON.parse(readFileSync(join(built, '.vite/manifest.json'), 'utf8'))
  } catch {
    console.error('The pages are not built yet: npm run build')
    process.exit(1)
  }
}

/** The page itself, its script, all that the script imports at once, and their styles. */
function criticalPath({ folder, entry, needs }) {
  const built = join(dist, folder)
  const manifest = readManifest(built)
  const first = entry === null ? [] : [entry]
  const files = new Set(first)
  const seen = new Set()
  for (const key of [...first, ...needs]) visit(key)
  return [...files]
    .map((file) => ({ file, bytes: gzipSync(readFileSync(join(built, file)), { level: 9 }).length }))
    .sort((a, b) => b.bytes - a.bytes)

  function visit(key) {
    if (seen.has(key)) return
    seen.add(key)
    const chunk = manifest[key]
    if (!chunk) throw new Error(`${key} is not in the manifest: was it renamed? scripts/size.mjs names it.`)
    files.add(chunk.file)
    for (const file of chunk.css ?? []) files.add(file)
    for (const imported of chunk.imports ?? []) visit(imported)
  }
}

function print(name, files, budget) {
  const sum = total(files)
  console.log(`${name}: ${kb(sum)} of ${kb(budget)} KB (gzip)${sum > budget ? '  TOO MUCH' : ''}`)
  for (const { file, bytes } of files) console.log(`  ${kb(bytes).padStart(6)}  ${file}`)
}

function total(files) {
  return files.reduce((sum, { bytes }) => sum + bytes, 0)
}

function kb(bytes) {
  return (bytes / KB).toFixed(1)
}
