// Ends processes whose owner was killed. The owner writes "+pid" and "-pid" into our stdin; when that closes with pids
// still noted, they and their process groups are killed: paused ones too, which could not stop by themselves.
import { createInterface } from 'node:readline'
import { endGroup, identityOf } from './process.mjs'

const noted = new Map()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})

for await (const line of createInterface({ input: process.stdin })) {
  const pid = Number(line.slice(1))
  if (line[0] === '+') noted.set(pid, identityOf(pid))
  else noted.delete(pid)
}
for (const [pid, identity] of noted) {
  if (identity && identityOf(pid) === identity) endGroup(pid)
}
