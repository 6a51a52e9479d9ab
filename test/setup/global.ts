import { rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openCluster } from './cluster.js'
import { makeTemp, sweepTemps } from './temp.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a worker asks for the cluster. */
    clusterDoor: string
  }
}

type Cluster = Awaited<ReturnType<typeof openCluster>>
let shared: { door: string; server: Server; cluster: Promise<Cluster> | null } | null = null
let users = 0

/** One cluster a run, started when the first test asks for a database: tests that need none don't wait for it. */
export async function setup(project: TestProject): Promise<void> {
  users++
  shared ??= await openDoor()
  project.provide('clusterDoor', shared.door)
}

export async function teardown(): Promise<void> {
  if (--users > 0 || !shared) return
  const { server, door, cluster } = shared
  shared = null
  server.close()
  await (await cluster?.catch(() => null))?.release()
  await rm(join(door, '..'), { recursive: true, force: true })
}

async function openDoor() {
  await sweepTemps()
  const door = join(await makeTemp('door'), 'sock')
  const state: NonNullable<typeof shared> = { door, cluster: null, server: createServer() }
  state.server.on('connection', async (client) => {
    client.on('error', () => {})
    state.cluster ??= openCluster()
    try {
      client.end(JSON.stringify({ url: (await state.cluster).url }))
    } catch (error) {
      client.end(JSON.stringify({ error: (error as Error).message }))
    }
  })
  await new Promise<void>((resolve) => state.server.listen(door, resolve))
  return state
}
