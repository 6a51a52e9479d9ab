import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { identityOf, isAlive, mustRun, run, waitUntil } from './process.mjs'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))

it('tells how a command ended and what it said', async () => {
  expect(await run('/bin/sh', ['-c', 'echo out; echo err >&2; exit 3'])).toMatchObject({
    code: 3,
    output: expect.stringMatching(/out[\s\S]*err/),
  })
  expect(await run('no-such-command-here', [])).toMatchObject({ code: 127, output: expect.stringContaining('not found') })
  await expect(mustRun('/bin/sh', ['-c', 'echo the reason; exit 1'])).rejects.toThrow(/exit 1[\s\S]*the reason/)
})

it('leaves no command running when the launcher is killed', async () => {
  const code = `import { run } from ${JSON.stringify(here('process.mjs'))}; run('/bin/sh', ['-c', 'sleep 300 & echo $! >&2; wait'], { show: true })`
  const launcher = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'ignore', 'pipe'] })
  const sleeper = Number(String(await once(launcher.stderr, 'data')))
  expect(isAlive(sleeper)).toBe(true)
  launcher.kill('SIGKILL')
  expect(await waitUntil(() => !isAlive(sleeper), 10_000)).toBe(true)
})

it('the guard ends what its owner left, paused or not, and spares what was released', async () => {
  const sleepers = [1, 2].map(() => spawn('sleep', ['300'], { detached: true, stdio: 'ignore' }))
  const [left, released] = sleepers.map(({ pid }) => pid)
  const guard = spawn(process.execPath, [here('guard.mjs')], { stdio: ['pipe', 'inherit', 'inherit'] })
  process.kill(left, 'SIGSTOP')
  guard.stdin.end(`+${left}\n+${released}\n-${released}\n`)
  await once(guard, 'exit')
  expect(await waitUntil(() => !isAlive(left), 5_000)).toBe(true)
  expect(isAlive(released)).toBe(true)
  process.kill(released, 'SIGKILL')
})

it('knows a process from another with the same pid', () => {
  expect(identityOf(process.pid)).toBe(identityOf(process.pid))
  expect(identityOf(process.pid)).not.toBe(identityOf(process.ppid))
  expect(identityOf(2 ** 22 + 1)).toBeNull()
})
