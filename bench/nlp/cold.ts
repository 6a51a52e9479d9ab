// Run by bench.ts in a process of its own: what loading and the first message cost. tsx compiles on import, so importing
// is told apart from loading the model, which happens at the first message.
const base = process.memoryUsage().rss
const start = performance.now()
const { understand } = await import('../../nlp/understand.js')
const imported = performance.now()
understand({ text: '数量加到300套', context: [], deal: null, today: '2026-11-21' })
const done = performance.now()
const mb = (bytes: number) => Math.round(bytes / 1024 / 1024)
console.log(
  JSON.stringify({
    importMs: Math.round(imported - start),
    firstMs: Math.round(done - imported),
    rssMb: mb(process.memoryUsage().rss),
    baseRssMb: mb(base),
  }),
)
