import { existsSync } from 'node:fs'

/** The folder of package.json, with a slash at its end: the same for sources and for what was built into dist/. */
export const projectRoot: URL = (() => {
  for (let folder = new URL('./', import.meta.url); ; folder = new URL('../', folder)) {
    if (existsSync(new URL('package.json', folder))) return folder
    if (folder.pathname === '/') throw new Error('package.json is nowhere above this file')
  }
})()
