import type { BrowserContextOptions } from 'playwright-core'
import { shoot } from '../browser.js'
import type { Scene } from './scene.js'
import { screen } from './screen.js'

/** Somebody's DingTalk on a phone, with a page of the product in it. `userid`: DingTalk's. */
export async function openDingtalk(
  { rig, browser }: Scene,
  userid: string,
  { path = '/h5/', ...options }: { path?: string } & BrowserContextOptions = {},
) {
  const page = await browser.page({ viewport: { width: 400, height: 860 }, ...options })
  const host = `http://${userid}.ding.bulou.localhost:${rig.port}`
  await page.goto(`${host}${path}`)
  return {
    page,
    host,
    ...screen(`${userid}'s DingTalk`, page.locator('body')),
    shot: (name: string) => shoot(page, name),
    overflow: () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    /** The page alone is opened anew, as from a card. */
    opens: (to: string) => page.goto(`${host}${to}`),
    close: () => page.context().close(),
  }
}
