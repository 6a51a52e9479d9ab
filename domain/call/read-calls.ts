import { Refused } from '../../lib/errors.js'
import { sha256 } from '../../lib/ids.js'
import type { CallDirection } from './call.contract.js'
import { type PhoneCall, phoneCall } from './phone-call.js'

type Column = 'id' | 'caller' | 'callee' | 'startedAt' | 'seconds' | 'direction' | 'answered' | 'recordingUrl'

/** What phone systems call their columns: the first that fits is taken. */
const titles: [Column, RegExp][] = [
  ['id', /^(通话|话单|呼叫|记录)?(id|流水号|唯一标识|编号|uuid)$|^call_?(id|uuid)$|^uniqueid$/i],
  ['caller', /^(主叫|主叫号码|主叫方|呼叫方|来电号码|caller|caller_?(number|id)|from|src)$/i],
  ['callee', /^(被叫|被叫号码|被叫方|被呼叫方|callee|callee_?number|called|to|dst)$/i],
  [
    'startedAt',
    /^(通话|呼叫)?(开始)?时间$|^(呼叫|来电|拨打|起始|通话日期)时间?$|^(start|start_?(time|at)|started_?at|call_?date)$/i,
  ],
  ['seconds', /^(通话|计费|接通)?时长([（(](秒|s)[)）])?$|^(通话)?秒数$|^(seconds|duration|bill_?sec|talk_?time)$/i],
  ['direction', /^(通话|呼叫)?(方向|类型)$|^(direction|type|call_?type)$/i],
  ['answered', /^(通话|呼叫|接听|接通)?(状态|结果)$|^是否(接通|接听)$|^(answered|status|disposition)$/i],
  ['recordingUrl', /^(通话)?录音(文件|地址|链接|url)?$|^(recording|record)(_?(url|file))?$/i],
]
const needed: [Column, string][] = [
  ['caller', '主叫'],
  ['callee', '被叫'],
  ['startedAt', '开始时间'],
]

export type ReadCalls = { calls: { line: number; call: PhoneCall }[]; errors: { line: number; words: string }[]; total: number }

/** A title and a date may stand above the headers. */
const MOST_ABOVE = 10

/**
 * The calls of a phone system's list: a row a call, the columns by their titles. A row that can't be read says why, the others
 * are not held up by it. Throws Refused where no headers are found.
 */
export function readCalls(rows: string[][]): ReadCalls {
  const head = rows.slice(0, MOST_ABOVE).findIndex((row) => row.filter((cell) => columnOf(cell)).length >= 2)
  const columns = new Map<Column, number>()
  for (const [i, cell] of (rows[head] ?? []).entries()) {
    const column = columnOf(cell)
    if (column && !columns.has(column)) columns.set(column, i)
  }
  const missing = needed.filter(([column]) => !columns.has(column)).map(([, words]) => `「${words}」`)
  if (missing.length > 0)
    throw new Refused('no-columns', `表头里没有找到${missing.join('')}这${missing.length > 1 ? '几' : '一'}列`)
  const read: ReadCalls = { calls: [], errors: [], total: 0 }
  for (const [i, row] of rows.entries()) {
    if (i <= head || !row.some(Boolean)) continue
    const line = i + 1
    read.total += 1
    const result = readRow((column) => row[columns.get(column) ?? -1]?.trim() ?? '')
    if (typeof result === 'string') read.errors.push({ line, words: result })
    else read.calls.push({ line, call: result })
  }
  return read
}

const columnOf = (title: string): Column | undefined =>
  titles.find(([, names]) => names.test(title.normalize('NFKC').replace(/\s/g, '')))?.[0]

type Cell = (column: Column) => string

const words: Record<string, string> = {
  caller: '主叫号码不完整',
  callee: '被叫号码不完整',
  startedAt: '开始时间看不懂，要像 2026-11-22 10:30:00',
  seconds: '时长看不懂，要是秒数或 00:01:05',
}

function readRow(cell: Cell): PhoneCall | string {
  const length = readSeconds(cell('seconds'))
  if (length === undefined) return words.seconds as string
  const [caller, callee, startedAt] = [cell('caller'), cell('callee'), cell('startedAt')]
  const result = phoneCall.safeParse({
    // Without an id of its own, the same two at the same second are the same call.
    id: cell('id') || `list:${sha256([caller, callee, startedAt].join('|')).slice(0, 32)}`,
    ...{ caller, callee, startedAt },
    seconds: length,
    direction: readDirection(cell('direction')),
    answered: readAnswered(cell('answered')),
    // Many systems write a path on their own disk, which opens for nobody.
    recordingUrl: /^https?:\/\/\S+$/i.test(cell('recordingUrl')) ? cell('recordingUrl') : null,
  })
  if (result.success) return result.data
  return words[String(result.error.issues[0]?.path[0])] ?? '这一行读不出来'
}

/** Null: nothing stands there. Undefined: something that is no length. */
export function readSeconds(text: string): number | null | undefined {
  const plain = text.normalize('NFKC').replace(/\s/g, '')
  if (plain === '' || plain === '-') return null
  const clock = /^(?:(\d{1,2}):)?(\d{1,3}):(\d{2})$/.exec(plain)
  const spoken = /^(?:(\d+)(?:小时|时))?(?:(\d+)分钟?)?(?:(\d+)秒)?$/.exec(plain)
  const [, hours, minutes, seconds] = clock ?? spoken ?? []
  if (clock || spoken) return Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)
  const found = /^(\d+)(?:\.\d+)?s?$/i.exec(plain)
  return found ? Number(found[1]) : undefined
}

function readDirection(text: string): CallDirection | null {
  if (/呼入|来电|入|^in/i.test(text)) return 'in'
  return /呼出|去电|外呼|出|^out/i.test(text) ? 'out' : null
}

/** The «no» first: 未接通 holds 接通. */
function readAnswered(text: string): boolean | null {
  if (/未|没|无人|拒|忙|失败|取消|空号|关机|停机|放弃|否|^(no|busy|fail|cancel|miss|reject|0$|false)/i.test(text)) return false
  return /接|通|成功|完成|是|^(answer|yes|success|connected|complete|1$|true)/i.test(text) ? true : null
}
