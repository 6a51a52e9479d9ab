import { createLog, describe } from '../lib/log.js'
import { createShutdown } from '../lib/shutdown.js'
import { readSettings } from './settings.js'
import { startStandin } from './standin.js'

try {
  const settings = readSettings(process.env)
  const log = createLog(settings.logLevel, 'stand-in')
  const shutdown = createShutdown(log)
  const standin = await startStandin(settings, log)
  shutdown.add('stand-in', () => standin.close())
  log.info({ port: settings.port }, 'stand-in ready')
} catch (error) {
  process.stderr.write(`${describe(error).error}\n`)
  process.exit(1)
}
