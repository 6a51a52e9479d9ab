import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: here('.'),
  base: '/h5/',
  plugins: [vue()],
  // Vue's own switches: without them its dead halves stay in the bundle.
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
  build: {
    outDir: here('../dist/sidebar-h5'),
    emptyOutDir: true,
    manifest: true,
    // WeCom's clients carry webviews of several ages: nothing newer than <dialog> on iOS and flex gap elsewhere is needed.
    target: ['chrome87', 'safari15.4'],
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // A contract's schemas that no page of the chunk reads (inputs are only types here) stay out of it: 1.9 KB of the sidebar.
    // The stories watch that nothing else went: a violated CSP, or WeCom's SDK refused, fails them.
    rolldownOptions: {
      checks: { pluginTimings: false },
      treeshake: { manualPureFunctions: ['z'] },
      // Whatever the first picture needs arrives together: cut up by who else uses it, it would be a tenth larger.
      output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
    },
  },
})
