import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { readTurns } from '../../nlp/data/read-turns.js'
import { KEYWORD } from '../../nlp/measures.js'
import { understand } from '../../nlp/understand.js'
import { defineBench, goal } from '../define.js'
import { median, quantile, round } from '../median.js'

/** What a fresh process needs until its first answer, and the memory it then holds. */
type Cold = { importMs: number; firstMs: number; rssMb: number; baseRssMb: number }

/**
 * Each message is understood once a round, with its context and deal, on one core. Whoever else uses the machine can only
 * make a message slower, never faster: so the time of a message is its best of all rounds, and p50 and p99 are taken over
 * the messages. The plain figures of all rounds together are printed beside them.
 */
const ROUNDS = 15

export default defineBench({
  name: 'nlp',
  async run(say) {
    const cold = measureCold()
    say(
      `cold start: import ${cold.importMs} ms, first message ${cold.firstMs} ms, ${cold.rssMb} MB (an empty process: ${cold.baseRssMb} MB)`,
    )
    const questions = readTurns().map((turn) => turn.question)
    const best = questions.map(() => Number.POSITIVE_INFINITY)
    const all: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      for (const [i, question] of questions.entries()) {
        const start = process.hrtime.bigint()
        understand(question)
        const ms = Number(process.hrtime.bigint() - start) / 1e6
        best[i] = Math.min(best[i] ?? ms, ms)
        // The first rounds warm the compiler up.
        if (round >= 3) all.push(ms)
      }
    }
    const ms = { p50: round(median(best)), p99: round(quantile(best, 0.99)), max: round(Math.max(...best)) }
    const noisy = { p50: round(median(all)), p99: round(quantile(all, 0.99)) }
    say(
      `understand: ${questions.length} messages × ${ROUNDS} rounds; best of each: p50 ${ms.p50} ms, p99 ${ms.p99} ms, max ${ms.max} ms`,
    )
    say(`            every run of them, with whatever else this machine did: p50 ${noisy.p50} ms, p99 ${noisy.p99} ms`)
    const keyword = measureKeyword(questions.map(({ text }) => text))
    say(`keyword match 要/需要/改成 on the same: ${keyword} ms a message`)
    return {
      results: { cold, messages: questions.length, rounds: ROUNDS, ms, allRounds: noisy, keywordMs: keyword },
      goals: [
        goal('median ms a message', ms.p50, { op: '<=', goal: 0.1 }),
        goal('p99 ms a message', ms.p99, { op: '<=', goal: 1 }),
        goal('ms to load rules and model in a fresh process', cold.firstMs, { op: '<=', goal: 100 }),
      ],
    }
  },
})

function measureKeyword(texts: string[]): number {
  const start = process.hrtime.bigint()
  let hits = 0
  for (let i = 0; i < 100; i++) for (const text of texts) if (KEYWORD.test(text)) hits++
  return round(Number(process.hrtime.bigint() - start) / 1e6 / (100 * texts.length) + 0 * hits)
}

/** Three fresh processes; the quietest counts. */
function measureCold(): Cold {
  const runs = Array.from({ length: 3 }, () => {
    const out = execFileSync(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('cold.ts', import.meta.url))], {
      encoding: 'utf8',
    })
    return JSON.parse(out) as Cold
  })
  return runs.reduce((best, run) => (run.firstMs < best.firstMs ? run : best))
}
