import { type Browser, chromium } from 'playwright-core'
import { findBrowser } from '../../scripts/browser.mjs'

/** A real Chromium that can draw Chinese and resolves *.localhost to this machine. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findBrowser(() => {})
  const quiet = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  return chromium.launch({ executablePath, args: ['--no-sandbox', ...quiet] })
}
