import { describe } from '../../lib/log.js'
import { type Check, type Finding, look } from './check.js'
import type { Subject } from './subject.js'

export type Line = Finding & { check: string; title: string }

/** Longer than any check's own calls together: a check that hangs all the same is passed over. */
const patience = 6

/** One after the other, so that what is printed stands in the order of mending; each may take its time and no more. */
export async function runChecks(checks: Check[], subject: Subject, say: (line: Line) => void): Promise<Line[]> {
  const lines: Line[] = []
  for (const check of checks) {
    for (const finding of [await runOne(check, subject)].flat()) {
      const line = { check: check.name, title: check.title, ...finding }
      lines.push(line)
      say(line)
    }
  }
  return lines
}

async function runOne(check: Check, subject: Subject): Promise<Finding | Finding[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => resolve(look('等太久，没有查完')), patience * subject.timeoutMs)
  })
  try {
    return await Promise.race([check.run(subject), late])
  } catch (error) {
    return look(`没能查完：${describe(error).error}`)
  } finally {
    clearTimeout(timer)
  }
}
