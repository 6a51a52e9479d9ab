import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { JSDOM } from 'jsdom'
import type { TestStandin } from '../../simulator/testing/start.js'

export const SDK = await readFile(createRequire(import.meta.url).resolve('@wecom/jssdk/dist/wecom.global.js'), 'utf8')

type Sdk = typeof import('@wecom/jssdk')

/**
 * A page of the product, opened in a member's client: fetched through the stand-in, its scripts fetched and run in order
 * as the document has them. (jsdom's own loader can't be used: Node doesn't resolve `*.localhost`.)
 */
export async function openPage(standin: TestStandin, person: string, path: string) {
  const host = standin.hostOf(person)
  const { text } = await standin.ask(path, { host })
  const dom = new JSDOM(text, { url: `http://${host}${path}`, runScripts: 'outside-only' })
  dom.window.fetch = (async (url: string, init: { method: string; body: string; headers: Record<string, string> }) => {
    const answer = await standin.ask(url, { host, method: init.method, headers: init.headers, body: init.body })
    return { json: async () => JSON.parse(answer.text) }
  }) as unknown as typeof fetch
  for (const script of dom.window.document.querySelectorAll('script')) {
    const source = script.getAttribute('src')
    dom.window.eval(source ? (await standin.ask(source, { host })).text : (script.textContent ?? ''))
  }
  return { dom, ww: (dom.window as unknown as { ww: Sdk }).ww }
}
