import { defineConfig } from 'vitest/config'

// Business dates are Asia/Shanghai whatever the machine says: tests run where the two differ.
process.env.TZ = 'UTC'

const everywhere = {
  globalSetup: ['test/setup/global.ts'],
  setupFiles: ['test/setup/offline.ts', 'test/setup/warnings.ts'],
  testTimeout: 30_000,
  hookTimeout: 60_000,
}
const folders = [
  'lib',
  'domain',
  'nlp',
  'channels',
  'bot-server',
  'jobs',
  'prisma',
  'simulator',
  'sidebar-h5',
  'scripts',
  'bench',
]

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...everywhere,
          name: 'beside',
          include: [...folders.map((folder) => `${folder}/**/*.test.{ts,mjs}`), 'test/{rig,setup}/**/*.test.ts'],
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Real processes, a real browser. They wait more than they work, and not beside the others. Three at a time are
        // faster on a quiet machine, and late on one that is not: pages then wait for servers that have not come up.
        test: {
          ...everywhere,
          name: 'whole',
          globalSetup: [...everywhere.globalSetup, 'test/setup/compiled.ts', 'test/setup/ground.ts'],
          include: ['test/**/*.test.ts'],
          exclude: ['test/{rig,setup}/**'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
