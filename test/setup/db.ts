import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { inject } from 'vitest'
import { createDb, type Db } from '../../lib/db.js'
import { copyTemplate, dropDatabase } from './cluster.js'

let cluster: Promise<string> | undefined

/** A database of one's own with all migrations: one per test file (`beforeAll`), or per test where state must be bare. */
export async function freshDb(): Promise<{ url: string; db: Db; close: () => Promise<void> }> {
  cluster ??= askForCluster()
  const server = await cluster
  const url = await copyTemplate(server)
  const db = createDb(url)
  return {
    url,
    db,
    close: async () => {
      await db.$disconnect()
      await dropDatabase(server, url)
    },
  }
}

async function askForCluster(): Promise<string> {
  const answer = JSON.parse(await text(connect(inject('clusterDoor')))) as { url?: string; error?: string }
  if (!answer.url) throw new Error(`No test database: ${answer.error}`)
  return answer.url
}
