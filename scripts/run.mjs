// `node scripts/run.mjs <file.ts> …`: prepares the checkout, then runs a TypeScript file with this terminal's in and out.
import { spawn } from 'node:child_process'
import { root } from './host/paths.mjs'
import { finish } from './host/say.mjs'
import { prepare } from './prepare.mjs'

await finish(async () => {
  await prepare()
  const child = spawn(process.execPath, ['--import', 'tsx', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
  // Ctrl-C reaches the child by itself; we only wait for it to finish.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.exitCode = await new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1))))
})
