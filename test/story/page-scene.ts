import { mkdir } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { buildPages, h5Folder } from '../../scripts/pages.mjs'
import { type Browser, openBrowser, screenFile, shoot } from '../browser.js'
import { type Cast, createCast } from '../factories/cast.js'
import { type Server, startServer } from '../factories/server.js'
import { freshDb } from '../setup/db.js'
import { type FreshRedis, freshRedis } from '../setup/redis.js'
import { screen } from './screen.js'

/** The server in this process and its pages in a real browser, without WeCom around them: what needs no host. */
export type PageScene = { server: Server; browser: Browser; cast: Cast; database: Awaited<ReturnType<typeof freshDb>> }

export function usePageScene(): PageScene {
  const scene = {} as PageScene
  let redis: FreshRedis
  beforeAll(async () => {
    await mkdir(screenFile('.'), { recursive: true })
    await buildPages(() => {})
    const [database, ownRedis, browser] = await Promise.all([freshDb(), freshRedis(), openBrowser()])
    redis = ownRedis
    const pages = pathToFileURL(`${h5Folder}/`)
    const server = await startServer({ database: database.url, redis: redis.url, pages })
    Object.assign(scene, { server, browser, database, cast: await createCast(database.db, new Date()) })
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail')
      for (const [i, page] of scene.browser.pages().entries()) await shoot(page, `failed ${task.name} ${i + 1}`).catch(() => {})
    expect(scene.browser.takeTroubles()).toEqual([])
  })
  afterAll(async () => {
    await scene.browser?.close()
    await scene.server?.close()
    await Promise.all([scene.database?.close(), redis?.stop()])
  })
  return scene
}

/** Somebody's own browser, logged in. */
export async function openPage({ server, browser, cast }: PageScene, userid: string, path: string, width = 400) {
  const page = await browser.page({ viewport: { width, height: 860 } })
  const cookie = await server.cookieOf(await cast.personId(userid))
  const [name, value] = [cookie.slice(0, cookie.indexOf('=')), cookie.slice(cookie.indexOf('=') + 1)]
  await page.context().addCookies([{ name, value, url: server.base }])
  await page.goto(server.base + path)
  return {
    page,
    ...screen(`${userid}'s page`, page.locator('body')),
    shot: (called: string) => shoot(page, called),
    overflow: () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    close: () => page.context().close(),
  }
}
