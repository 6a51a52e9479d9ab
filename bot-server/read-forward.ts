import { shanghaiDay } from '../lib/format/dates.js'
import { readNeed } from '../nlp/need.js'
import { parsePaste } from '../nlp/paste.js'
import { understand } from '../nlp/understand.js'

/** Said in front, so that there is no doubt: 「转 数量加到300套」「记：再来200箱」. */
const TOLD = /^(?:转发?|记(?:一下|下)?)[\s:：,，]+(?<words>[\s\S]+)$/
/** 「交期改过没有」 asks what has happened, whoever asks it. */
const ASKS = /[过了]没有?[呢啊呀吗]?[?？]?$/
/** Where a wish is not told of as one, it must be plain. */
const PLAIN = 0.5

/** Whether words to the robot are a customer's, passed on: as such, by how they read, or as a copied run of messages. */
export function readForward(words: string, now: Date): { words: string; told: boolean } | null {
  const told = TOLD.exec(words)?.groups?.words?.trim()
  if (told) return { words: told, told: true }
  const today = shanghaiDay(now)
  const { messages } = parsePaste(words, { reps: [], contacts: [] }, today)
  if (messages.length > 1 && messages.some((one) => one.name !== null)) return { words, told: false }
  if (ASKS.test(words.trim())) return null
  const question = { text: words, context: [], deal: null, today }
  const found = understand(question)
  return (found.change && found.score >= PLAIN) || readNeed(question, found) !== null ? { words, told: false } : null
}
