import { mkdir, writeFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { buildPages } from '../../scripts/pages.mjs'
import { type Browser, openBrowser, screenFile, shoot } from '../browser.js'
import { type Rig, startRig } from '../rig/rig.js'

export type Scene = { rig: Rig; browser: Browser }

/**
 * The whole product and one browser for a file of tests. A test fails on any console error that nobody expected (a
 * violated content security policy is one), and leaves a picture of every open page when it fails.
 */
export function useScene(env: Record<string, string> = {}, dingtalk?: 'stream' | 'http'): Scene {
  const scene = {} as Scene
  beforeAll(async () => {
    await mkdir(screenFile('.'), { recursive: true })
    await buildPages(() => {})
    const [rig, browser] = await Promise.all([startRig({ env, ...(dingtalk ? { dingtalk } : {}) }), openBrowser()])
    Object.assign(scene, { rig, browser })
  })
  let failed = ''
  beforeEach(() => {
    // The tests of a file are the chapters of one story: after a gap the rest would only wait in vain.
    if (failed) throw new Error(`not told, because this failed before: ${failed}`)
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') {
      failed ||= task.name
      for (const [i, page] of scene.browser.pages().entries()) await shoot(page, `failed ${task.name} ${i + 1}`).catch(() => {})
      await writeFile(screenFile(`failed ${task.name}.log`), scene.rig.logs())
    }
    expect(scene.browser.takeTroubles()).toEqual([])
  })
  afterAll(async () => {
    await scene.browser?.close()
    await scene.rig?.stop()
  })
  return scene
}
