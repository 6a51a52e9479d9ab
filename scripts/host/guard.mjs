// Ends processes whose owner was killed. The owner writes "+pid" and "-pid" into our stdin; when that closes with pids
// still noted, they get `graceMs` to leave by themselves, then they and their process groups are killed: paused ones too.
import { createInterface } from 'node:readline'
import { endGroup, identityOf, waitUntil } from './process.mjs'

const graceMs = Number(process.argv[2] ?? 0)
const noted = new Map()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})

for await (const line of createInterface({ input: process.stdin })) {
  const pid = Number(line.slice(1))
  if (line[0] === '+') noted.set(pid, identityOf(pid))
  else noted.delete(pid)
}
const living = () => [...noted].filter(([pid, identity]) => identity && identityOf(pid) === identity)
if (graceMs) await waitUntil(() => living().length === 0, graceMs, 200)
for (const [pid] of living()) endGroup(pid)
