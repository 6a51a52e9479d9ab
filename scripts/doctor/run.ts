// `npm run doctor`: looks at every setting it can and says in plain words what is wrong and what mends it. Changes nothing.
//   -- --demo            the settings of the running demo        -- --json   one object on stdout
//   -- --send <userid>   also sends a test message to that member
import { parseArgs } from 'node:util'
import { finish } from '../host/say.mjs'
import { allChecks } from './all-checks.js'
import { createCensor } from './censor.js'
import { asJson, lineText, summaryText } from './print.js'
import { readSettings } from './read-settings.js'
import { runChecks } from './run-checks.js'
import { createSubject } from './subject.js'

await finish(async () => {
  const { values } = parseArgs({
    options: { demo: { type: 'boolean', default: false }, json: { type: 'boolean', default: false }, send: { type: 'string' } },
  })
  const settings = await readSettings({ demo: values.demo, processEnv: process.env })
  // The stand-in for the Finance SDK asks where it always does: the child that reads the archive inherits this.
  if (values.demo) process.env.WECOM_API_BASE = settings.env.WECOM_API_BASE
  const censor = createCensor(settings.env)
  const subject = createSubject({ env: settings.env, strangers: settings.strangers, sendTo: values.send ?? null })
  const say = (text: string) => values.json || process.stdout.write(`${censor(text)}\n`)
  try {
    const lines = await runChecks(allChecks, subject, (line) => say(lineText(line, process.stdout.isTTY)))
    say(`\n${summaryText(lines)}`)
    const report = asJson(lines)
    if (values.json) process.stdout.write(`${censor(JSON.stringify(report, null, 2))}\n`)
    process.exitCode = report.ok ? 0 : 1
  } finally {
    await subject.close()
    await settings.release()
  }
})
