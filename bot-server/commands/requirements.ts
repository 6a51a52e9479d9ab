import { listChains } from '../../domain/requirement/list-chains.js'
import { listOpenChanges } from '../../domain/requirement/list-open-changes.js'
import { type AskView, type ChainView, verdictWords } from '../../domain/requirement/requirement.contract.js'
import { formatDayShort } from '../../lib/format/dates.js'
import { termsWords } from '../../lib/format/terms.js'
import { defineCommand } from '../define.js'
import { howToCapture } from '../how-to-capture.js'
import { sayChange, sayWaiting } from '../say-change.js'

const MOST_CHAINS = 2
const MOST_STEPS = 4

export default defineCommand({
  name: 'requirements',
  says: ['需求', '变更'],
  help: '看看需求改过什么、谁答复了',
  about: 'customer',
  async run({ work, actor, platform, say, pageUrl }, { id, name }) {
    const { chains, all } = await listChains(work.tx, actor, { customerId: id, now: work.now, most: MOST_CHAINS })
    if (chains.length === 0) return say(`${name}还没有需求。客户提了什么，${howToCapture(platform)}，就记下来了。`)
    const texts = chains.map((chain) => sayChain(chain, work.now, pageUrl(`/h5/requirement/${chain.id}`)))
    const more = all > chains.length ? [`另有 ${all - chains.length} 条更早的需求，在聊天页里看。`] : []
    await say([`${name}的需求`, ...texts, ...more].join('\n\n'))
  },
  async runForAll({ work, actor, say }) {
    const changes = await listOpenChanges(work.tx, actor)
    if (changes.length === 0) return say('你的客户里没有在等答复的变更。想看哪家，发「需求 客户名」。')
    const lines = changes.map(
      (change, i) =>
        `${i + 1}. ${change.requirement.customer.name} · 需求 ${change.requirement.number}：${sayChange(change, work.now)}，${sayWaiting(change.waitsFor, work.now)}`,
    )
    await say(['在等答复的变更：', ...lines, '想看哪家的经过，发「需求 客户名」。'].join('\n'))
  },
})

/** What stands, the last steps with who answered what, and where all of it is. */
function sayChain(chain: ChainView, now: Date, url: string): string {
  const steps = chain.steps.filter((step) => step.state !== 'undone')
  const shown = steps.slice(-MOST_STEPS)
  return [
    `需求 ${chain.number} · ${chain.title}`,
    `现在：${termsWords(chain.terms, now.getTime()).join('，') || '还没写清楚'}`,
    ...(steps.length > shown.length ? [`（前面还有 ${steps.length - shown.length} 步）`] : []),
    ...shown.map((step) => {
      const replaced = step.correctedBy === null ? '' : `（第 ${step.correctedBy} 步已更正）`
      return `${step.step}. ${formatDayShort(step.capturedAt, now)} ${sayChange(step, now)}${replaced}${sayAnswers(step.asks, now)}`
    }),
    ...(steps.length === 0 ? ['还没变过。'] : []),
    `全部经过：${url}`,
  ].join('\n')
}

function sayAnswers(asks: AskView[], now: Date): string {
  const valid = asks.filter((ask) => ask.closed === null)
  const answers = valid.flatMap((ask) =>
    ask.verdict
      ? [`${ask.answeredBy?.name ?? ask.person.name}：${verdictWords[ask.verdict]}${ask.note ? `（${ask.note}）` : ''}`]
      : [],
  )
  const waiting = valid.filter((ask) => !ask.verdict)
  const waits = waiting.map((ask) => ({ name: ask.person.name, askedAt: ask.askedAt ? new Date(ask.askedAt) : null }))
  return [...answers, ...(waits.length > 0 ? [sayWaiting(waits, now)] : [])].map((words) => `；${words}`).join('')
}
