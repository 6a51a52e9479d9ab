import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'prisma/config'

// Prisma's native schema engine is a download that many machines can't make. `generate` never calls it, but the
// CLI wants the variable to name a file that exists. To write migrations, point it at a real engine yourself.
const here = fileURLToPath(import.meta.url)
const native = fileURLToPath(new URL('node_modules/@prisma/engines', import.meta.url))
if (!process.env.PRISMA_SCHEMA_ENGINE_BINARY && !existsSync(`${native}/schema-engine-${process.platform}`)) {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY = here
}

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://localhost/bulou' },
})
