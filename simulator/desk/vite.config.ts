import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

/** The desk is served by the stand-in at the root of its own host, from the folder named in STANDIN_DESK: never under dist, which is production's. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/',
  plugins: [vue()],
  build: { outDir: fileURLToPath(new URL('../../.cache/desk', import.meta.url)), emptyOutDir: true },
})
