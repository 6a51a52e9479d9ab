import type { Notice } from '../state/dingtalk/notices.js'
import { type Outcome, refuseOld } from './answer.js'

const LARGEST = 2_048

type Part = Record<string, unknown>

/** What must be there, by kind [message types of work notifications]; lengths in characters. */
const RULES: Record<string, (part: Part) => string | null> = {
  text: (part) => need(part, 'content'),
  image: (part) => need(part, 'media_id'),
  file: (part) => need(part, 'media_id'),
  voice: (part) => need(part, 'media_id') ?? need(part, 'duration'),
  link: (part) => need(part, 'messageUrl') ?? need(part, 'picUrl') ?? need(part, 'title') ?? need(part, 'text'),
  markdown: (part) => need(part, 'title') ?? need(part, 'text'),
  oa: (part) => need(part, 'message_url') ?? (typeof part.body === 'object' ? null : 'body'),
  action_card: (part) => need(part, 'title') ?? need(part, 'markdown') ?? buttons(part),
}

const need = (part: Part, name: string, most = LARGEST): string | null => {
  const value = part[name]
  return typeof value === 'string' && value !== '' && value.length <= most ? null : name
}

function buttons(part: Part): string | null {
  const list = part.btn_json_list
  if (!Array.isArray(list)) return need(part, 'single_title', 20) ?? need(part, 'single_url', 500)
  if (list.length === 0 || !/^[01]$/.test(String(part.btn_orientation ?? '1'))) return 'btn_json_list'
  const wrong = list.some((one: Part) => need(one, 'title', 20) ?? need(one, 'action_url', 700))
  return wrong ? 'btn_json_list' : null
}

export function readNotice(msg: unknown): Notice['msg'] | Outcome {
  if (typeof msg !== 'object' || msg === null) return refuseOld(400_002, '无效的参数：msg')
  if (Buffer.byteLength(JSON.stringify(msg)) > LARGEST) return refuseOld(45_002, '消息内容超过限制')
  const { msgtype } = msg as { msgtype?: unknown }
  const rule = typeof msgtype === 'string' ? RULES[msgtype] : undefined
  if (typeof msgtype !== 'string' || !rule) return refuseOld(40_008, '不合法的消息类型')
  const part = (msg as Part)[msgtype]
  const wrong = typeof part === 'object' && part !== null ? rule(part as Part) : msgtype
  return wrong ? refuseOld(400_002, `无效的参数：${wrong}`) : (msg as Notice['msg'])
}
