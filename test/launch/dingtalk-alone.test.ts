import { afterAll, beforeAll, expect, it } from 'vitest'
import { type NodeMember, nodeMember } from '../rig/node-member.js'
import { type Rig, startRig } from '../rig/rig.js'

/** An organisation without WeCom, as real processes. The stand-in has both platforms, as ever: nobody asks it for the other. */
let rig: Rig
let server: NodeMember
let worker: NodeMember
beforeAll(async () => {
  rig = await startRig({ dingtalk: 'stream', calm: true })
  const env = Object.fromEntries(Object.entries(rig.env).filter(([name]) => !name.startsWith('WECOM_')))
  const isReady = async () => (await fetch(`http://127.0.0.1:${env.PORT}/readyz`, { signal: AbortSignal.timeout(2_000) })).ok
  server = nodeMember({ name: 'server', file: 'bot-server/main.ts', env, isReady })
  worker = nodeMember({ name: 'worker', file: 'jobs/main.ts', env, isReady: (logs) => logs.includes('worker ready') })
  await rig.standin.process.start()
  await Promise.all([server.start(), worker.start()])
})
afterAll(async () => {
  await Promise.all([server?.kill(), worker?.kill()])
  await rig?.stop()
})

it('hears and answers over DingTalk, asks nothing of WeCom, and is well', async () => {
  await rig.standin.ding.say({ userid: 'linxiao', text: '我是谁' })
  const words = await rig.waitFor(async () => (await rig.standin.ding.state()).messages.at(-1)?.words, {
    ms: 60_000,
    what: 'an answer',
  })
  expect(words).toBe('你是林晓，角色：销售。')
  await rig.waitFor(async () => (await rig.db.chore.count({ where: { name: 'dingtalk-directory' } })) > 0, {
    ms: 60_000,
    what: 'chores',
  })
  expect((await rig.standin.calls()).filter(({ path }) => path.startsWith('/cgi-bin/'))).toEqual([])
  const failed = await rig.db.outbox.findMany({ where: { state: { in: ['failed', 'unknown'] } }, select: { kind: true } })
  expect(failed).toEqual([])
  expect(server.logs() + worker.logs()).not.toMatch(/"level":50/)
})
