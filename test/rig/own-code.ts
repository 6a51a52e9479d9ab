import { join } from 'node:path'

/** What node is told to run a file of ours: as it was compiled for this run (test/setup/compiled.ts), or else from its source. */
export function ownCode(file: string): string[] {
  const compiled = process.env.BULOU_COMPILED
  return compiled ? [join(compiled, file.replace(/\.ts$/, '.js'))] : ['--import', 'tsx', file]
}
