import type { Outcome } from './answer.js'
import { refuse } from './answer.js'

/** `msgKey` → the fields that must be there [types of messages that the robot sends]. */
const FIELDS: Record<string, string[]> = {
  sampleText: ['content'],
  sampleMarkdown: ['title', 'text'],
  sampleImageMsg: ['photoURL'],
  sampleLink: ['text', 'title', 'messageUrl'],
  sampleActionCard: ['title', 'text', 'singleTitle', 'singleURL'],
  ...Object.fromEntries([2, 3, 4, 5].map((n) => [`sampleActionCard${n}`, ['title', 'text', ...titles(n)]])),
  sampleActionCard6: ['title', 'text', 'buttonTitle1', 'buttonUrl1', 'buttonTitle2', 'buttonUrl2'],
  sampleAudio: ['mediaId', 'duration'],
  sampleFile: ['mediaId', 'fileName', 'fileType'],
  sampleVideo: ['duration', 'videoMediaId', 'videoType', 'picMediaId'],
}
/** Said of groups; here it holds for both. */
const LARGEST = 15_000

function titles(count: number): string[] {
  return Array.from({ length: count }, (_, n) => [`actionTitle${n + 1}`, `actionURL${n + 1}`]).flat()
}

export type Kind = { msgKey: string; param: Record<string, unknown> }

export function readKind(msgKey: unknown, msgParam: unknown): Kind | Outcome {
  const fields = FIELDS[String(msgKey)]
  if (typeof msgKey !== 'string' || !fields) return refuse('invalidParameter.msgKey.invalid', '无效的msgKey')
  if (typeof msgParam !== 'string' || !msgParam) return refuse('invalidParameter.msgParam.invalid', '无效的msgParam')
  if (Buffer.byteLength(msgParam) > LARGEST) return refuse('invalidParameter.msgParam.tooLong', 'msgParam过长')
  const param = readObject(msgParam)
  const whole = param && fields.every((name) => typeof param[name] === 'string' && param[name] !== '')
  return whole ? { msgKey, param } : refuse('invalidParameter.msgParam.invalid', '无效的msgParam')
}

function readObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
