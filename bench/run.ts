import { existsSync, readdirSync } from 'node:fs'
import { arch, cpus, platform } from 'node:os'
import type { Bench } from './define.js'

// npm run --silent bench -- <name> [--json]

const here = new URL('.', import.meta.url)
const isBench = (name: string) => existsSync(new URL(`${name}/bench.ts`, here))
const known = readdirSync(here).filter(isBench)

const [name, ...flags] = process.argv.slice(2)
const asJson = flags.includes('--json')
if (!name || !known.includes(name) || flags.some((flag) => flag !== '--json')) {
  console.error(`用法：npm run --silent bench -- <${known.join('|')}> [--json]`)
  process.exit(2)
}

const { default: bench }: { default: Bench } = await import(new URL(`${name}/bench.ts`, here).href)
// With --json stdout is one object; the talk goes to stderr.
const say = (line: string) => void (asJson ? process.stderr : process.stdout).write(`${line}\n`)
const { results, goals } = await bench.run(say)
const machine = { node: process.version, cpus: cpus().length, cpu: cpus()[0]?.model ?? '', platform: `${platform()}-${arch()}` }

if (asJson) console.log(JSON.stringify({ bench: bench.name, results: { ...results, machine }, goals }))
else for (const each of goals) say(`${each.ok ? '✓' : '✗'} ${each.name}: ${each.value} (${each.op} ${each.goal})`)
process.exit(0)
