import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { demoCard } from '../../scripts/demo/card.mjs'
import { type Rig, startRig } from '../rig/rig.js'

let rig: Rig
beforeAll(async () => {
  // As the demo is: with both platforms.
  rig = await startRig({ dingtalk: 'stream' })
})
afterAll(() => rig.stop())

type Ran = { code: number; out: string; err: string }

const doctor = (args: string[], env: Record<string, string>): Promise<Ran> =>
  new Promise((resolve) => {
    const file = fileURLToPath(new URL('../../scripts/doctor/run.ts', import.meta.url))
    const clean = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', BULOU_HOME: rig.home, ...env }
    execFile(process.execPath, ['--import', 'tsx', file, ...args], { env: clean }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err }),
    )
  })

it('finds the demo well by what the demo wrote down', async () => {
  const card = demoCard({ env: rig.env, home: rig.home, port: rig.port, pids: {} })
  writeFileSync(join(rig.home, 'demo.json'), JSON.stringify(card))
  const { code, out, err } = await doctor(['--demo'], {})
  expect([code, err], out).toEqual([0, ''])
  expect(out).not.toMatch(/✗/)
  expect(out).toMatch(
    /✓ 数据库：.*✓ 企业可信IP：.*✓ 回调：应用：.*✓ 回调：会话内容存档：.*✓ 存档读取：.*✓ 钉钉推送：.*✓ 钉钉卡片：/s,
  )
  expect(out.trimEnd().split('\n').at(-1)).toMatch(/^\d+ 项没有问题，\d+ 项要人看一眼/)
})

it('fails for what is broken, as one object for other programs, and holds no secret', async () => {
  const { code, out } = await doctor(['--json'], { ...rig.env, WECOM_SECRET: 'not-the-secret-of-this-app' })
  expect(code).toBe(1)
  const report = JSON.parse(out)
  expect(report).toMatchObject({ ok: false, broken: 1 })
  expect(report.checks.filter((line: { state: string }) => line.state === 'broken')).toMatchObject([
    { check: 'app-secret', title: '应用 Secret', mend: expect.stringContaining('应用详情') },
  ])
  const env: Record<string, string | undefined> = rig.env
  const secrets = [
    'WECOM_TOKEN',
    'WECOM_AES_KEY',
    'WECOM_ARCHIVE_SECRET',
    'DINGTALK_CLIENT_SECRET',
    'SESSION_SECRET',
    'DATA_KEY',
  ].map((name) => env[name] ?? name)
  for (const secret of ['not-the-secret-of-this-app', ...secrets]) expect(out).not.toContain(secret)
})

it('says in words when no demo runs', async () => {
  const { code, err } = await doctor(['--demo'], { BULOU_HOME: join(rig.home, 'elsewhere') })
  expect([code, err]).toEqual([1, expect.stringContaining('先 npm run demo')])
})
