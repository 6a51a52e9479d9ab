import { readdir } from 'node:fs/promises'
import { basename, extname } from 'node:path'

/**
 * Loads every definition in a folder: one file, one default export whose `name` is the file's name and which has all
 * `parts`. What is missing, misnamed or there twice stops the start and says which file. Works the same under tsx, vitest
 * and compiled JavaScript.
 */
export async function loadDir<T extends { name: string }>(folder: URL, parts: (keyof T)[] = []): Promise<Map<string, T>> {
  // Joined as addresses: a checkout may lie under a name with blanks or Chinese in it.
  const base = new URL(folder.href.endsWith('/') ? folder.href : `${folder.href}/`)
  const found = new Map<string, T>()
  for (const file of (await readdir(folder)).sort()) {
    if (!/\.(ts|js)$/.test(file) || /\.(test|d)\.[tj]s$/.test(file)) continue
    const url = new URL(encodeURIComponent(file), base)
    const name = basename(file, extname(file))
    const culprit = decodeURIComponent(url.pathname)
    if (found.has(name)) throw new Error(`${culprit} defines «${name}» a second time: a file of that name is there already`)
    const { default: definition } = (await import(url.href)) as { default?: T }
    if (!definition) throw new Error(`${culprit} has no default export: a definition was expected`)
    if (definition.name !== name) throw new Error(`${culprit} defines «${definition.name}»: its name must be «${name}»`)
    const missing = parts.filter((part) => definition[part] === undefined)
    if (missing.length > 0) throw new Error(`${culprit} lacks ${missing.map(String).join(', ')}`)
    found.set(name, definition)
  }
  return found
}
