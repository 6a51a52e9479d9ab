import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Rig, startRig } from '../rig/rig.js'
import { closeBooks } from './books.js'
import { type Chance, createChance } from './chance.js'
import { comeToRest, settle } from './settle.js'
import { createTraffic, type Traffic } from './traffic.js'

export type Stage = { rig: Rig; traffic: Traffic; chance: Chance }

/** One rig for a file of tests. A worker is taken for dead sooner than in production, or every kill would cost a minute. */
export function useStage(options: Parameters<typeof startRig>[0] = {}): Stage {
  const stage = {} as Stage
  beforeAll(async () => {
    const chance = createChance()
    console.log(`seed ${chance.seed} (FAULT_SEED=${chance.seed} plays it again)`)
    const env = { OUTBOX_LEASE_MS: '6000', ...options.env }
    const rig = await startRig({ ...options, env })
    Object.assign(stage, { rig, chance, traffic: createTraffic(rig, chance) })
  })
  // Trouble that a test orders must meet what the test does, not what is left of the one before.
  beforeEach(() => comeToRest(stage.rig, stage.traffic))
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.log(tail(stage.rig?.logs() ?? ''))
    await stage.rig?.standin.clearFaults().catch(() => {})
  })
  afterAll(async () => {
    stage.traffic?.close()
    await stage.rig?.stop()
  })
  return stage
}

/** The last test of every file: whatever was done to the product before, the books must be right. */
export function booksAreRight(stage: Stage): void {
  it('in the end everything that was heard and everything that was to be said happened once', async () => {
    await settle(stage.rig, stage.traffic)
    const { counted, wrong } = await closeBooks(stage.rig, stage.traffic.ledger)
    console.log(counted)
    expect(wrong).toEqual([])
  }, 240_000)
}

/** What a person needs to see why: warnings and errors, the newest. */
function tail(logs: string): string {
  const lines = logs.split('\n').filter((line) => /^──|"level":[456]0|Error|^\s+at /.test(line))
  return lines.slice(-60).join('\n')
}
