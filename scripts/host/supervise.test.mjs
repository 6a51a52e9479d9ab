import { expect, it } from 'vitest'
import { waitUntil } from './process.mjs'
import { supervise } from './supervise.mjs'

function groupOf(codes) {
  const said = []
  const logged = []
  const members = Object.entries(codes).map(([name, code]) => ({
    name,
    args: ['-e', code],
    env: process.env,
    readyWords: 'ready',
  }))
  const write = (name, text) => logged.push(`${name}: ${text}`.trim())
  const group = supervise({ members, cwd: '/', write, say: (line) => said.push(line) })
  return { group, said, logged }
}
const until = (events) => `${events}; setInterval(() => {}, 1000); console.log('ready')`

it('gives up on what does not start, with its last words', async () => {
  const { group, said } = groupOf({ broken: "console.error('no such secret'); process.exit(3)" })
  await expect(group.start()).rejects.toThrow(/broken did not start \(exit 3\)[\s\S]*no such secret/)
  expect(said).toHaveLength(2)
  await group.stop()
})

it('starts again what dies after it was ready, under a pid of its own', async () => {
  const { group, said } = groupOf({ server: until('') })
  await group.start()
  const [first] = Object.values(group.pids())
  process.kill(first, 'SIGKILL')
  expect(await waitUntil(() => group.pids().server !== first, 10_000)).toBe(true)
  expect(said[0]).toMatch(/server stopped unexpectedly \(SIGKILL\)/)
  await group.stop()
})

it('stops one after the other, in the order given', async () => {
  const bye = (name) =>
    until(`process.on('SIGTERM', () => setTimeout(() => { console.log('${name} left'); process.exit() }, 200))`)
  const { group, logged } = groupOf({ server: bye('server'), worker: bye('worker') })
  await group.start()
  await group.stop()
  expect(logged.filter((line) => line.includes('left'))).toEqual(['server: server left', 'worker: worker left'])
})
