import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { median, round } from '../median.js'
import { openHouse } from './house.js'
import type { Order, Report } from './load.js'

const connections = 64
const perRound = 15_000
const rounds = 5
const offered = { perSecond: 1_000, seconds: 15, connections: 128 }

/** Callbacks over HTTP, into the database: how many, and how long one waits when 1,000 a second come. */
export async function measureHttp(say: (line: string) => void) {
  const house = await openHouse(say)
  const load = startLoad()
  let first = 1
  const make = async (count: number) => {
    await load.order({ kind: 'make', count, first })
    first += count
  }
  try {
    const throughput = []
    for (let each = -1; each < rounds; each++) {
      await make(perRound)
      const floor = await load.run({ kind: 'closed', port: house.floorPort, connections })
      const product = await load.run({ kind: 'closed', port: house.productPort, connections })
      if (each < 0) continue // the first warms both up
      throughput.push({ floor: floor.perSecond, product: product.perSecond, share: product.perSecond / floor.perSecond })
      say(`round ${each + 1}: product ${product.perSecond}/s, bare Koa ${floor.perSecond}/s`)
    }
    await make(offered.perSecond * offered.seconds)
    const steady = await load.run({ kind: 'open', port: house.productPort, ...offered })
    say(
      `${offered.perSecond}/s offered for ${offered.seconds} s: p50 ${steady.ms.p50} ms, p99 ${steady.ms.p99} ms, max ${steady.ms.max} ms`,
    )

    const expected = first - 1
    const stored = await house.stored()
    if (stored !== expected) throw new Error(`${expected} messages were answered 200 and ${stored} are stored`)
    return {
      throughput: {
        rounds: throughput.length,
        connections,
        perSecond: median(throughput.map((one) => one.product)),
        bareKoaPerSecond: median(throughput.map((one) => one.floor)),
        share: round(median(throughput.map((one) => one.share))),
      },
      offered: { ...offered, ...steady },
      stored,
      note: 'load generator, server and PostgreSQL share the cores of this machine; each commit reaches the disk before its 200',
    }
  } finally {
    load.close()
    await house.close()
  }
}

function startLoad() {
  const file = fileURLToPath(new URL('load.ts', import.meta.url))
  const child = fork(file, [], { execArgv: ['--import', import.meta.resolve('tsx')], serialization: 'advanced' })
  const order = (what: Order): Promise<Report | null> =>
    new Promise((resolve, reject) => {
      const onExit = () => reject(new Error('the load generator was lost'))
      child.once('exit', onExit)
      child.once('message', (report: Report | null) => {
        child.off('exit', onExit)
        resolve(report)
      })
      child.send(what)
    })
  return {
    order,
    async run(what: Order): Promise<Report> {
      const report = await order(what)
      if (!report) throw new Error('no report')
      if (report.notOk > 0) throw new Error(`${report.notOk} of ${report.requests} were not answered 200`)
      return report
    },
    close: () => void child.disconnect(),
  }
}
