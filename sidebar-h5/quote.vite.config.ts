import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The customer's page of a quote is drawn by the server; this is its script and its style, apart from the sidebar and light. */
export default defineConfig({
  root: here('.'),
  base: '/q/',
  build: {
    outDir: here('../dist/quote-page'),
    emptyOutDir: true,
    manifest: true,
    // A customer's phone may be older than a colleague's.
    target: ['chrome79', 'safari14'],
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { input: here('src/quote/main.ts'), checks: { pluginTimings: false } },
  },
})
