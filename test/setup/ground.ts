import { rm } from 'node:fs/promises'
import { layGround } from '../rig/ground.js'
import { makeTemp } from './temp.js'

let folder: string | undefined

/** Made anew for each run: some thirty rigs begin with the same cluster, migrations and organisation, and copy them. */
export async function setup(): Promise<void> {
  folder = await makeTemp('ground')
  await layGround(folder)
  process.env.BULOU_GROUND = folder
}

export async function teardown(): Promise<void> {
  if (folder) await rm(folder, { recursive: true, force: true })
}
