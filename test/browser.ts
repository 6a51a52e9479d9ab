import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { projectRoot } from '../lib/project-root.js'
import { findBrowser } from '../scripts/browser.mjs'

export type Browser = Awaited<ReturnType<typeof openBrowser>>

const QUIET = [
  '--disable-gpu',
  // A microphone that beeps: no machine that tests has one.
  '--use-fake-device-for-media-stream',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** What the browser says by itself where nothing is wrong. */
const EXPECTED = [
  // The first visit of a client has no session yet: the page goes to the login by itself.
  /status of 401 .*\/api\//,
  // The sidebar is a frame only on the desk; in WeCom it is a page of its own, where the sheet takes the focus.
  /Blocked autofocusing on a <h2>/,
]

/** A real Chromium in Chinese, on Shanghai's clock. Every page is watched: a console error nobody expected is kept as trouble. */
export async function openBrowser() {
  const executablePath = await findBrowser(() => {})
  const chrome = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--lang=zh-CN', ...QUIET],
    // Chromium on Linux takes the language of its own widgets, such as the calendar, from here.
    env: { ...process.env, LANGUAGE: 'zh_CN' } as Record<string, string>,
  })
  const troubles: string[] = []
  const expected = [...EXPECTED]
  const pages: Page[] = []

  function watch(page: Page): void {
    pages.push(page)
    page.on('console', (message) => {
      if (message.type() !== 'error') return
      const said = `${message.text()} ${message.location().url}`
      if (!expected.some((words) => words.test(said))) troubles.push(said)
    })
    page.on('dialog', (dialog) => {
      troubles.push(`a dialog opened: ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('pageerror', (error) => troubles.push(String(error.stack ?? error)))
  }

  return {
    /** A page with cookies of its own: another browser, as far as sites can tell. */
    async page(options: BrowserContextOptions = {}): Promise<Page> {
      const context = await chrome.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...options })
      context.setDefaultTimeout(20_000)
      context.on('page', watch)
      return context.newPage()
    },
    /** From now on such a console error is part of the story. */
    expectTrouble: (words: RegExp) => void expected.push(words),
    /** What went wrong since the last call. */
    takeTroubles: () => troubles.splice(0),
    /** Everything that is open, for the picture of a failure. */
    pages: () => pages.filter((page) => !page.isClosed()),
    close: () => chrome.close(),
  }
}

/** Into test/screens, named by what it shows. */
export async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: screenFile(`${name}.png`), animations: 'disabled' })
}

export const screenFile = (name: string) => join(fileURLToPath(projectRoot), 'test/screens', name)
