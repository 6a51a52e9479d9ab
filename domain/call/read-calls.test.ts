import { expect, it } from 'vitest'
import { decodeText, parseCsv } from '../import/read-csv.js'
import { readMoment } from './phone-call.js'
import { readCalls, readSeconds } from './read-calls.js'

const read = (text: string | Uint8Array) => readCalls(parseCsv(typeof text === 'string' ? text : decodeText(text)).rows)
const TEN = new Date('2026-11-20T02:00:00Z')

it('reads the list of a phone system: columns by their titles, in any order, below a heading', () => {
  const csv = `华强五金话单,,,,,
导出时间,2026-11-21,,,,

开始时间,呼叫类型,主叫号码,被叫号码,通话时长（秒）,通话状态,录音地址
2026-11-20 10:00:00,呼出,8001,138 0000 2222,65,已接通,https://pbx.example.com/a.mp3
2026/11/20 9:30,呼入,0755-88886666,8002,0,未接通,/var/rec/b.wav
`
  const { calls, errors, total } = read(csv)
  expect({ errors, total }).toEqual({ errors: [], total: 2 })
  expect(calls.map(({ line, call }) => ({ line, ...call, id: call.id.slice(0, 5) }))).toEqual([
    {
      ...{
        line: 5,
        id: 'list:',
        caller: '8001',
        callee: '138 0000 2222',
        startedAt: TEN,
        seconds: 65,
        direction: 'out',
        answered: true,
      },
      recordingUrl: 'https://pbx.example.com/a.mp3',
    },
    {
      ...{ line: 6, id: 'list:', caller: '0755-88886666', callee: '8002', startedAt: new Date('2026-11-20T01:30:00Z') },
      ...{ seconds: 0, direction: 'in', answered: false, recordingUrl: null },
    },
  ])
  expect(read(csv).calls.map(({ call }) => call.id)).toEqual(calls.map(({ call }) => call.id))
  expect(new Set(calls.map(({ call }) => call.id)).size).toBe(2)
})

it('reads GBK, as a Chinese Excel saves it', () => {
  // 主叫,被叫,时间 and one row, in GBK.
  const head = Uint8Array.from([0xd6, 0xf7, 0xbd, 0xd0, 0x2c, 0xb1, 0xbb, 0xbd, 0xd0, 0x2c, 0xca, 0xb1, 0xbc, 0xe4, 0x0a])
  const row = new TextEncoder().encode('8001,13800002222,2026-11-20 10:00:00\n')
  expect(read(Uint8Array.from([...head, ...row])).calls).toMatchObject([
    { call: { caller: '8001', startedAt: TEN, seconds: null } },
  ])
})

it('reads what open phone systems write, with the id that the push has too', () => {
  const { calls } = read('uniqueid,src,dst,start,billsec,disposition\n1763.5,8001,13800002222,2026-11-20 10:00:00,65,ANSWERED\n')
  expect(calls).toMatchObject([{ call: { id: '1763.5', caller: '8001', seconds: 65, answered: true } }])
})

it('says of each row that can not be read what is wrong, and reads the others', () => {
  const { calls, errors, total } = read(
    [
      '主叫,被叫,开始时间,时长',
      '8001,13800002222,昨天,5',
      '8001,,2026-11-20 10:00,5',
      '8001,13800002222,2026-11-20 10:00,很久',
      '8001,13800002222,2026-11-20 10:00,5',
    ].join('\n'),
  )
  expect(errors).toEqual([
    { line: 2, words: '开始时间看不懂，要像 2026-11-22 10:30:00' },
    { line: 3, words: '被叫号码不完整' },
    { line: 4, words: '时长看不懂，要是秒数或 00:01:05' },
  ])
  expect({ total, good: calls.map(({ line }) => line) }).toEqual({ total: 4, good: [5] })
})

it('names the columns that are missing', () => {
  expect(() => read('主叫号码,通话时长\n8001,5\n')).toThrow('「被叫」「开始时间」')
  expect(() => read('a,b\n1,2\n')).toThrow('「主叫」「被叫」「开始时间」')
})

it.each([
  ['65', 65],
  ['65秒', 65],
  ['1分5秒', 65],
  ['00:01:05', 65],
  ['1:05', 65],
  ['1小时2分', 3720],
  ['', null],
  ['约5', undefined],
])('a length of «%s» is %s', (text, seconds) => expect(readSeconds(text)).toBe(seconds))

it.each(['2026-02-30 10:00', '10:00', '2026-11-20', '1999-11-20 10:00', '46000.5', '2026-11-20T10:00:00'])(
  '«%s» is %s no moment unless the clock of Shanghai shows it',
  (text) => expect(readMoment(text)?.toISOString() ?? null).toBe(text.includes('T10') ? '2026-11-20T02:00:00.000Z' : null),
)
