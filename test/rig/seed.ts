import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { projectRoot } from '../../lib/project-root.js'

/** The demo organisation, by the script that the demo itself runs. */
export async function seed(env: NodeJS.ProcessEnv): Promise<void> {
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'prisma/seed/run.ts'], { cwd: projectRoot, env })
}
