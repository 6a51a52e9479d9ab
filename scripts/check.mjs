// `npm run check`: format and lint, types, boundaries, page sizes. All of them run, then all that failed is shown.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './host/paths.mjs'
import { run } from './host/process.mjs'
import { createSay, finish } from './host/say.mjs'
import { buildPages } from './pages.mjs'
import { prepare } from './prepare.mjs'

const say = createSay()
const folders = ['lib', 'domain', 'nlp', 'channels', 'bot-server', 'jobs', 'simulator', 'sidebar-h5', 'prisma']
const bin = (path, ...args) => [process.execPath, [join('node_modules', path), ...args]]

/** name, command, and the file without which there is nothing to check yet */
const checks = [
  ['format and lint', bin('@biomejs/biome/bin/biome', 'check', '.')],
  ['types', bin('typescript/bin/tsc', '--noEmit')],
  ['types of the sidebar', bin('vue-tsc/bin/vue-tsc.js', '--noEmit', '-p', 'sidebar-h5/tsconfig.json')],
  ['types of the desk', bin('vue-tsc/bin/vue-tsc.js', '--noEmit', '-p', 'simulator/desk/tsconfig.json')],
  ['boundaries', bin('dependency-cruiser/bin/dependency-cruise.mjs', ...folders.filter((f) => existsSync(join(root, f))))],
  ['routes and roles', [process.execPath, ['--import', 'tsx', 'scripts/access.ts']]],
  ['page sizes', [process.execPath, ['scripts/size.mjs']]],
]

await finish(async () => {
  await prepare(say)
  await buildPages(say)
  const failed = []
  for (const [name, [command, args]] of checks) {
    const { code, output } = await run(command, args, { cwd: root })
    say(`${code === 0 ? 'ok    ' : 'FAILED'} ${name}`)
    if (code !== 0) failed.push(`── ${name}\n${output.trim()}`)
  }
  if (failed.length) throw new Error(failed.join('\n\n'))
})
