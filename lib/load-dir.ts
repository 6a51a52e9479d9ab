import { readdir } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Loads every definition in a folder: one file, one default export whose `name` is the file's name. A missing export or
 * a wrong name stops the start and says which file. Works the same under tsx, vitest and compiled JavaScript.
 */
export async function loadDir<T extends { name: string }>(folder: URL): Promise<Map<string, T>> {
  const found = new Map<string, T>()
  for (const file of (await readdir(folder)).sort()) {
    if (!/\.(ts|js)$/.test(file) || /\.(test|d)\.[tj]s$/.test(file)) continue
    const url = new URL(file, pathToFileURL(`${folder.pathname}/`))
    const name = basename(file, extname(file))
    const { default: definition } = (await import(url.href)) as { default?: T }
    if (!definition) throw new Error(`${url.pathname} has no default export: a definition was expected`)
    if (definition.name !== name) throw new Error(`${url.pathname} defines «${definition.name}»: its name must be «${name}»`)
    found.set(name, definition)
  }
  return found
}
