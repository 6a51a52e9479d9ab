import { parseArgs } from 'node:util'
import { print } from './table.js'
import type { Trial } from './trial.js'

/**
 * `npm run trial -- <name> [--rounds N] [--seed N]`: long runs with numbers that people read, too long for `npm test`. Of
 * reminders there are TRIAL_REMINDERS, 10,000 if it says nothing.
 * One file here = one trial.
 */
const trials: Record<string, () => Promise<{ default: Trial }>> = {
  faults: () => import('./faults.js'),
  reminders: () => import('./reminders.js'),
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '12' }, seed: { type: 'string' } },
})
const [name = ''] = positionals
const load = trials[name]
if (!load) {
  console.error(`${name ? `No trial «${name}».` : 'Which trial?'} There are: ${Object.keys(trials).join(', ')}`)
  process.exit(2)
}
const trial = (await load()).default
const { table, wrong } = await trial({
  rounds: Number(values.rounds),
  seed: values.seed === undefined ? undefined : Number(values.seed),
  say: (line) => console.log(line),
})
print(table)
for (const words of wrong) console.log(`✗ ${words}`)
console.log(wrong.length === 0 ? 'Every promise was kept.' : `${wrong.length} promises were broken.`)
process.exit(wrong.length === 0 ? 0 : 1)
