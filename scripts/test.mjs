// `npm test`: all tests on a fresh machine. The last line is `N passed, N failed`, whatever happens.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findBrowser } from './browser.mjs'
import { redisBinary } from './embedded/redis-binary.mjs'
import { root } from './host/paths.mjs'
import { run } from './host/process.mjs'
import { createSay } from './host/say.mjs'
import { buildPages } from './pages.mjs'
import { prepare } from './prepare.mjs'

const say = createSay()
const results = join(root, 'test/results/vitest.json')
let counted = { passed: 0, failed: 1, skipped: 0 }

try {
  await prepare(say)
  await redisBinary(say)
  const chromium = await findBrowser(say).catch((error) => void say(error.message)) // its tests will say so too
  await buildPages(say)
  say('Running the tests…')
  rmSync(results, { force: true })
  const { code } = await run(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${results}`,
      ...process.argv.slice(2),
    ],
    { cwd: root, show: true, env: { ...process.env, ...(chromium && { BULOU_CHROMIUM: chromium }) } },
  )
  counted = count(code)
} catch (error) {
  console.error(error.message)
}
const { passed, failed, skipped } = counted
console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`)
process.exit(failed ? 1 : 0)

/** A file that could not be loaded, a crash, an error outside of any test, no tests at all: each is one failure. */
function count(code) {
  const { testResults } = JSON.parse(readFileSync(results, 'utf8'))
  const tests = testResults.flatMap((file) => file.assertionResults)
  const of = (...states) => tests.filter(({ status }) => states.includes(status)).length
  const unloaded = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  ).length
  const failed = of('failed') + unloaded
  return { passed: of('passed'), failed: failed || (code === 0 ? 0 : 1), skipped: of('pending', 'skipped', 'todo', 'disabled') }
}
