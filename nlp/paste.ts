import { parseIso } from './entities/calendar.js'
import type { Speaker } from './finding.js'
import { looksLikeName, mayBeNickname, NOT_A_NAME } from './paste-names.js'
import { decideSpeakers, type KnownNames } from './paste-speakers.js'
import { readStamp, type Stamp } from './paste-stamp.js'

export type PastedMessage = {
  speaker: Speaker | null
  name: string | null /** Local `YYYY-MM-DD HH:mm`. */
  at: string | null
  text: string
}

export type Pasted = {
  messages: PastedMessage[]
  /** Names that stand in the text and that nobody here knows: ask once which of them is the customer. */
  unclear: string[]
}

type Header = { name: string | null; stamp: Stamp | null; body: string }
type Draft = { name: string | null; at: string | null; lines: string[] }

const SYSTEM =
  /撤回了一条消息|以上是打招呼的内容|已添加了?.{1,20}(?:现在可以开始聊天|为(?:朋友|联系人))|^以下(?:为|是)新消息$|拍了拍|^\[?聊天记录\]?$|加入了?群聊|开启了朋友验证/
const RULE = /^[\s\-—–_=·•*~]{4,}$/
const QUOTE = /^「(?<name>[^：:「」\n]{1,24})[：:]\s?(?<text>[\s\S]*?)」\s*\n[\s\-—–]{5,}\n/

type Known = (name: string) => boolean

/** A name line as the clients copy it: 「刘主任 11月20日 14:03」, 「刘主任@微信 2026/11/20 14:03:22」, 「刘主任:」, 「[14:03] 刘主任: text」. */
function readHeader(line: string, today: string, known: Known): Header | null {
  // 「————— 2026-11-20 —————」
  const trimmed = line.replace(/^[\s—–\-=_·•]{3,}|[\s—–\-=_·•]{3,}$/g, '').trim()
  if (trimmed === '' || trimmed.length > 2000) return null
  const stamp = readStamp(trimmed, today)
  if (stamp?.place === 'end') {
    const name = trimmed
      .slice(0, stamp.from)
      .replace(/[\s:：,，|]+$/, '')
      .trim()
    if (name === '') return { name: null, stamp, body: '' }
    if (name.length > 40 || /[。！？!?；;]/.test(name)) return null
    return known(name) || (stamp.date === null ? looksLikeName(name) : mayBeNickname(name)) ? { name, stamp, body: '' } : null
  }
  if (stamp?.place === 'start') {
    const rest = trimmed.slice(stamp.to).replace(/^[\s\]】:：|\-—]+/, '')
    const colon = splitAtColon(rest)
    if (colon && (known(colon.name) || mayBeNickname(colon.name))) return { ...colon, stamp }
    return known(rest) || looksLikeName(rest) ? { name: rest, stamp, body: '' } : null
  }
  const colon = splitAtColon(trimmed)
  if (!colon || (!known(colon.name) && (NOT_A_NAME.test(colon.name) || !mayBeNickname(colon.name)))) return null
  return { ...colon, stamp: null }
}

function splitAtColon(text: string): { name: string; body: string } | null {
  const match = /^([^:：\n]{1,24})[:：]\s*(.*)$/s.exec(text)
  const name = match?.[1]?.trim() ?? ''
  return match && name !== '' && !/[，。！？,.!?;；]|\d$/.test(name) ? { name, body: match[2] ?? '' } : null
}

/** A name that nobody knows counts before a colon only when it looks like one, or several come back in turn. */
function makeTrust(lines: string[], today: string, known: Known): (header: Header & { name: string }) => boolean {
  const seen = new Map<string, number>()
  for (const line of lines) {
    const header = readHeader(line, today, known)
    if (header?.name && header.stamp === null) seen.set(header.name, (seen.get(header.name) ?? 0) + 1)
  }
  return ({ name, stamp }) => stamp !== null || known(name) || looksLikeName(name) || ((seen.get(name) ?? 0) > 1 && seen.size > 1)
}

/**
 * Copied chat text as messages. Takes what WeCom, WeChat and DingTalk put on the clipboard, lines of 「name：text」,
 * and one bare sentence. `today` gives the year that most copies leave out.
 */
export function parsePaste(text: string, names: KnownNames, today: string): Pasted {
  const clean = text.replace(/\r\n?/g, '\n').replace(/[\u200b\u200e\u200f\u2060\ufeff]/g, '')
  const known = (name: string) => decideSpeakers([name], names).get(name) !== undefined
  const drafts: Draft[] = []
  const body = splitQuote(clean, drafts)
  const lines = body.split('\n')
  const trusts = makeTrust(lines, today, known)
  let day: string | null = parseIso(today) === null ? null : today
  let clock: string | null = null
  for (const line of lines) {
    if (SYSTEM.test(line) || RULE.test(line)) continue
    const header = readHeader(line, today, known)
    if (header && (header.name === null || trusts({ ...header, name: header.name }))) {
      const stamp = header.stamp
      if (stamp?.date) day = stamp.date
      const at: string | null = stamp ? (stamp.time === null || day === null ? null : `${day} ${stamp.time}`) : clock
      // A line with a time alone stamps what follows (WeChat's grey line); one with a date alone only sets the day.
      if (header.name === null) {
        clock = at
        if (stamp?.time) drafts.push({ name: null, at, lines: [] })
        continue
      }
      drafts.push({ name: header.name, at, lines: header.body === '' ? [] : [header.body] })
      continue
    }
    const last = drafts.at(-1)
    if (last && !(last.lines.length === 0 && last.name === null && last.at === null)) last.lines.push(line)
    else drafts.push({ name: null, at: null, lines: [line] })
  }
  const pasted = finish(drafts, names)
  // Nothing that was pasted may vanish: a text of name lines alone is a message after all.
  const whole = clean.trim()
  return pasted.messages.length === 0 && whole !== ''
    ? { messages: [{ speaker: null, name: null, at: null, text: whole }], unclear: [] }
    : pasted
}

/** WeChat copies an answer with what it answers: 「刘主任：加到300套」, a rule, the answer. Both are messages. */
function splitQuote(text: string, drafts: Draft[]): string {
  const quote = QUOTE.exec(text.trimStart())
  if (!quote?.groups) return text
  drafts.push({ name: quote.groups.name?.trim() ?? null, at: null, lines: [quote.groups.text ?? ''] })
  drafts.push({ name: null, at: null, lines: [text.trimStart().slice(quote[0].length)] })
  return ''
}

function finish(drafts: Draft[], names: KnownNames): Pasted {
  const kept = drafts
    .map(({ lines, ...rest }) => ({
      ...rest,
      text: lines
        .join('\n')
        .replace(/\n{3,}/g, '\n\n')
        .trim(),
    }))
    .filter((d) => d.text !== '')
  const found = [...new Set(kept.flatMap((d) => (d.name === null ? [] : [d.name])))]
  const speakers = decideSpeakers(found, names)
  const messages = kept.map((d) => ({
    speaker: d.name === null ? null : (speakers.get(d.name) ?? null),
    name: d.name,
    at: d.at,
    text: d.text,
  }))
  return { messages, unclear: found.filter((name) => !speakers.has(name)) }
}
