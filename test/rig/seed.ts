import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { projectRoot } from '../../lib/project-root.js'
import { openDemo } from '../../scripts/demo/opening.js'
import { rigOpening } from './opening.js'
import { ownCode } from './own-code.js'

/** The demo organisation, by the script that the demo itself runs, on a Monday morning. */
export async function seed(env: NodeJS.ProcessEnv): Promise<void> {
  await openDemo(env.DATABASE_URL ?? '', rigOpening)
  await promisify(execFile)(process.execPath, ownCode('prisma/seed/run.ts'), { cwd: projectRoot, env })
}
