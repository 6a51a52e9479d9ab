import { formatClock, shanghaiDay } from '../../../lib/format/dates.js'

/** A message's body as the platform wrote it: fields of any type, or none. */
type Body = Record<string, unknown>
type Reader = (body: Body, depth: number) => string | null

/** A record may hold records: how deep, how many lines and how many characters are worth reading. */
const most = { depth: 3, items: 100, chars: 4_000 }

/**
 * What a person reads for each msgtype: https://developer.work.weixin.qq.com/document/path/91774. Words as they are, the
 * rest as a line that begins with what it is in brackets. Null: nothing in it can be read.
 */
const readers: Record<string, Reader> = {
  text: (body) => words(body.content),
  markdown: (body) => words(body.content),
  image: () => '[图片]',
  emotion: () => '[表情]',
  voice: (body) => line(`语音 ${seconds(body.play_length) ?? ''}`.trim()),
  video: (body) => line(`视频 ${seconds(body.play_length) ?? ''}`.trim()),
  file: (body) => line('文件', words(body.filename)),
  qydiskfile: (body) => line('微盘文件', words(body.filename)),
  // The userid on it may be an external one, which tells nobody anything.
  card: (body) => line('名片', words(body.corpname)),
  location: (body) => line('位置', words(body.title), words(body.address)),
  link: (body) => line('链接', words(body.title), words(body.description)),
  weapp: (body) => line('小程序', words(body.displayname), words(body.title)),
  docmsg: (body) => line('在线文档', words(body.title)),
  news: (body) => line('图文', ...bodiesOf(body.item).map((one) => words(one.title))),
  sphfeed: (body) => line('视频号', words(body.sph_name), words(body.feed_desc)),
  redpacket: (body) => line('红包', words(body.wish)),
  external_redpacket: (body) => line('红包', words(body.wish)),
  todo: (body) => line('待办', words(body.title), words(body.content)),
  vote: (body) =>
    line(
      number(body.votetype) === 102 ? '参与投票' : '投票',
      words(body.votetitle),
      listed(body.voteitem, (one) => words(one)),
    ),
  collect: (body) =>
    line(
      '填表',
      words(body.room_name),
      listed(body.details, (one) => words(bodyOf(one).ques)),
    ),
  solitaire: (body) => line('接龙', words(body.title) ?? words(body.content)),
  note: (body, depth) => [line('笔记', words(body.title)), ...readItems(body.items, depth)].join('\n'),
  meeting: (body) =>
    number(body.meetingtype) === 102
      ? line('会议邀请', words(body.topic), answers[number(body.status) ?? 0])
      : line('会议邀请', words(body.topic), at(body.starttime), words(body.address), words(body.remarks)),
  meeting_notification: (body) => line('会议通知', words(body.content)),
  calendar: (body) => line('日程', words(body.title), at(body.starttime), words(body.place), words(body.remarks)),
  voip_doc_share: (body) => line('通话中共享的文档', words(body.filename)),
  mixed: (body, depth) => readItems(body.item, depth).join('\n') || null,
  chatrecord: (body, depth) => [line('聊天记录', words(body.title)), ...readItems(body.item, depth)].join('\n'),
}

const answers: Record<number, string> = { 1: '参加', 2: '不参加', 3: '待定', 4: '未被邀请', 5: '会议已取消', 6: '会议已过期' }

/** Null for a type that isn't known, and for words that aren't there. */
export function readText(msgtype: string, body: Body, depth = 0): string | null {
  const text = readers[msgtype]?.(body, depth) ?? null
  // What was said is kept whole: it may become evidence.
  if (text === null || msgtype === 'text' || text.length <= most.chars) return text
  return `${text.slice(0, most.chars)}…`
}

/** What stands in a mixed message, a record of a chat or a note: each with its body as a JSON text of its own. */
function readItems(items: unknown, depth: number): string[] {
  if (depth >= most.depth) return ['…']
  const lines = bodiesOf(items)
    .slice(0, most.items)
    .map((item) => {
      // In a record the types are called ChatRecordText, ChatRecordImage …, and a record within it ChatRecord.
      const type = (words(item.type) ?? '').replace(/^ChatRecord/, '').toLowerCase() || 'chatrecord'
      return readText(type, bodyOf(parse(item.content)), depth + 1) ?? (type === 'text' ? null : `[${type}]`)
    })
  const rest = bodiesOf(items).length - most.items
  return [...lines.filter((one) => one !== null), ...(rest > 0 ? [`…（还有 ${rest} 条）`] : [])]
}

const line = (what: string, ...parts: (string | null | undefined)[]) => [`[${what}]`, ...parts.filter(Boolean)].join(' ')
const words = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value : null)
const listed = (values: unknown, read: (one: unknown) => string | null) =>
  (Array.isArray(values) ? values : []).map(read).filter(Boolean).join('、')
const bodyOf = (value: unknown): Body => (typeof value === 'object' && value !== null ? (value as Body) : {})
const bodiesOf = (value: unknown): Body[] => (Array.isArray(value) ? value.map(bodyOf) : [])

/** Some versions of the library write numbers as text. */
export function number(value: unknown): number | null {
  const found = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof found === 'number' && Number.isFinite(found) ? found : null
}

/** 「3分12秒」. */
export function seconds(value: unknown): string | null {
  const all = number(value)
  if (all === null || all <= 0) return null
  const [minutes, rest] = [Math.floor(all / 60), Math.round(all % 60)]
  return `${minutes ? `${minutes}分` : ''}${rest || !minutes ? `${rest}秒` : ''}`
}

/** Given in seconds: 「2026-11-27 15:00」. */
function at(value: unknown): string | null {
  const time = number(value)
  return time ? `${shanghaiDay(time * 1000)} ${formatClock(time * 1000)}` : null
}

function parse(json: unknown): unknown {
  try {
    return typeof json === 'string' ? JSON.parse(json) : json
  } catch {
    return null
  }
}
