import type { Page } from 'playwright-core'
import { shoot } from '../browser.js'
import type { Scene } from './scene.js'
import { type Screen, screen } from './screen.js'

export type Desk = Awaited<ReturnType<typeof openDesk>>

/** The desk in a window that has room for the chat, the sidebar and two phones. Everybody of the story speaks here. */
export async function openDesk({ rig, browser }: Scene, { width = 1680, height = 1050 } = {}) {
  const page = await browser.page({ viewport: { width, height } })
  await page.goto(`${rig.hostOf('desk')}/`)
  const all = screen('the desk', page.locator('body'))

  const composer = () => page.getByRole('textbox', { name: /的身份说$/ })
  async function speak(kind: '客户' | '销售', name: string, words: string) {
    await page.getByRole('radio', { name: new RegExp(`${name}.*（${kind}）`) }).check({ force: true })
    await composer().fill(words)
    await composer().press('Enter')
  }

  return {
    page,
    all,
    /** The rep's sidebar, which is the product's own page. */
    sidebar: screen('the sidebar', page.frameLocator('iframe[title="不漏侧边栏"]').locator('body')),
    customers: screen('the list of customers', page.getByRole('navigation', { name: '客户会话' })),
    chat: screen('the chat', page.getByRole('log', { name: '聊天记录' })),
    customer: (name: string) => ({
      says: async (words: string) => {
        await openChatWith(page, name)
        await speak('客户', name, words)
      },
    }),
    rep: (name: string) => ({ says: (words: string) => speak('销售', name, words) }),
    opensChatWith: (name: string) => openChatWith(page, name),
    phone: (name: string) => phoneOf(page, name),
    /** The demo's own clock: 「11月23日 周一 10:00」, and a tap on one of its buttons. */
    clock: screen('the clock', page.getByRole('group', { name: '演示里的时间' })),
    shot: (name: string) => shoot(page, name),
  }
}

async function openChatWith(page: Page, name: string): Promise<void> {
  const row = page.getByRole('navigation', { name: '客户会话' }).getByRole('button', { name })
  await row.waitFor()
  const heading = page.getByRole('region', { name: '聊天', exact: true }).getByRole('heading', { name })
  if (!(await heading.isVisible())) await row.click()
  await heading.waitFor()
}

/** A colleague's phone. Whoever looks at one that isn't on show picks it from the row above first. */
function phoneOf(page: Page, name: string) {
  const region = page.getByRole('region', { name: `${name}的手机` })
  const own = screen(`${name}'s phone`, region)
  const opened = screen(`the page on ${name}'s phone`, page.frameLocator(`iframe[title="${name}打开的页面"]`).locator('body'))

  async function show(): Promise<void> {
    const chooser = page.getByRole('list', { name: '同事的手机' }).getByRole('button', { name })
    await chooser.waitFor()
    if (!(await region.isVisible())) await chooser.click()
    await region.waitFor()
  }
  const shown =
    <A extends unknown[], R>(act: (...args: A) => Promise<R>) =>
    async (...args: A) => {
      await show()
      return act(...args)
    }

  return {
    page: opened,
    sees: shown(own.sees),
    seesNoMore: shown(own.seesNoMore),
    taps: shown(own.taps),
    text: shown(own.text),
    says: shown(async (words: string) => {
      await own.types(`${name}对不漏说`, words)
      await own.taps('发送')
    }),
    /** Another room of the phone: 不漏, 群聊, 短信, 邮件 or 工作台. */
    opens: shown((app: string) => region.getByRole('tab', { name: app }).click()),
    /** How many unread things the room says it has. */
    unread: shown(async (app: string) => {
      const label = await region.getByRole('tab', { name: app }).getAttribute('aria-label')
      return Number(/，(\d+)条未读/.exec(label ?? '')?.[1] ?? 0)
    }),
    closesPage: shown(() => own.taps('返回')),
  } satisfies Record<string, unknown> & { page: Screen }
}
