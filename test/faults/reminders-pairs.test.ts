import { expect, it } from 'vitest'
import { createLog } from '../../lib/log.js'
import { connectRedis } from '../../lib/redis.js'
import { remindersAreRight, reminding } from './remind.js'
import { useStage } from './stage.js'

const stage = useStage({ servers: 1, workers: 2 })
const { remind, noticesOf, ways } = reminding(stage)
const people = ['wanglei', 'chenjing', 'zhaoqiang', 'sunyue', 'heping', 'zhoumin']
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** So many for each of them, due over so long from a moment on. */
const remindAll = (each: number, { from, over }: { from: number; over: number }) =>
  Promise.all(
    people.flatMap((userid) => Array.from({ length: each }, () => remind(userid, from + stage.chance.below(Math.max(1, over))))),
  )
const allSaid = async (taskIds: string[]) => {
  for (const taskId of taskIds) {
    await ways(taskId, { wecom: 'submitted' })
    expect(await noticesOf(taskId)).toHaveLength(1)
  }
}

it('two planners and two workers, and everything due in the same moment: each is said once', async () => {
  await allSaid(await remindAll(3, { from: 3_000, over: 0 }))
})

it('workers and server are killed at random while things are due', async () => {
  const { rig, chance } = stage
  const taskIds = await remindAll(2, { from: 500, over: 6_000 })
  for (let kill = 0; kill < 3; kill++) {
    const victim = chance.pick([...rig.workers, ...rig.servers])
    await sleep(chance.below(800))
    await victim.kill()
    await victim.start()
  }
  await allSaid(taskIds)
})

it('Redis is emptied, killed and started while things are due: nobody waited for the doorbell', async () => {
  const { rig } = stage
  const taskIds = await remindAll(2, { from: 1_000, over: 5_000 })
  const redis = connectRedis(rig.redis.url, createLog('silent', 'test'))
  await redis.flushall()
  redis.disconnect()
  await sleep(stage.chance.below(1_500))
  await rig.redis.kill()
  await allSaid(taskIds.slice(0, people.length))
  await rig.redis.start()
  await allSaid(taskIds)
})

it('PostgreSQL is killed and started while things are due and on their way', async () => {
  const { rig } = stage
  const taskIds = await remindAll(2, { from: 500, over: 4_000 })
  await rig.standin.fault({ path: '/cgi-bin/message/send', mode: 'slow', ms: 800, times: 4 })
  await sleep(stage.chance.below(3_000))
  await rig.postgres.kill()
  await sleep(stage.chance.below(1_000))
  await rig.postgres.start()
  await allSaid(taskIds)
})

remindersAreRight(stage)
