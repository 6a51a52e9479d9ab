import { readFile } from 'node:fs/promises'
import type { Assets } from './page-view.js'

const ENTRY = 'src/quote/main.ts'
type Manifest = Record<string, { file: string; css?: string[] }>

/** Where the build put the page's own script and style. Null: it was not built, and the page is read without them. */
export async function readAssets(folder: URL): Promise<Assets | null> {
  const text = await readFile(new URL('.vite/manifest.json', folder), 'utf8').catch(() => null)
  const entry = text === null ? undefined : (JSON.parse(text) as Manifest)[ENTRY]
  const style = entry?.css?.[0]
  return entry && style ? { script: `/q/${entry.file}`, style: `/q/${style}` } : null
}
