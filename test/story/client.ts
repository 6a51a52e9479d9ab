import type { BrowserContextOptions } from 'playwright-core'
import { shoot } from '../browser.js'
import type { Scene } from './scene.js'
import { screen } from './screen.js'

type Opened = { entry: string; externalUserId?: string; chatId?: string }

/** Somebody's own WeCom client with a page of the product in it, as large as they like. */
export async function openClient(
  { rig, browser }: Scene,
  userid: string,
  { path = '/h5/', opened, ...options }: { path?: string; opened?: Opened } & BrowserContextOptions = {},
) {
  if (opened) await rig.standin.open({ userid, ...opened })
  const page = await browser.page({ viewport: { width: 400, height: 860 }, ...options })
  await page.goto(`${rig.hostOf(userid)}${path}`)
  return {
    page,
    ...screen(`${userid}'s client`, page.locator('body')),
    shot: (name: string) => shoot(page, name),
    close: () => page.context().close(),
  }
}

/** The chat with a customer stands beside the sidebar. */
export const besideChatWith = (externalUserId: string): Opened => ({ entry: 'single_chat_tools', externalUserId })
