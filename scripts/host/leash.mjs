// Runs a command for a parent that may be killed at any moment: when our stdin (a pipe held by the parent) closes, the
// whole process group ends. Signals to us go to the command first, so that it can stop in its own way.
import { spawn } from 'node:child_process'

const [options, command, ...args] = process.argv.slice(2)
const child = spawn(command, args, { ...JSON.parse(options), stdio: ['ignore', 'inherit', 'inherit'] })

process.stdin.resume()
process.stdin.once('close', () => process.kill(0, 'SIGKILL'))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))

child.once('error', (error) => {
  console.error(error.code === 'ENOENT' ? `${command}: not found` : error.message)
  process.exit(127)
})
child.once('exit', (code, signal) => {
  if (signal) console.error(`${command} ended by ${signal}`)
  process.exit(signal ? 1 : (code ?? 1))
})
