import { expect, it } from 'vitest'
import { customerWords } from './fields.js'
import { findTable, guessColumns } from './guess-columns.js'

const guess = (rows: string[][], colleagues: string[] = []) => {
  const words = customerWords(colleagues)
  const table = findTable(rows, words)
  const columns = guessColumns(table, words)
  const said = Object.fromEntries(
    Object.entries(columns).flatMap(([field, at]) => (at === null ? [] : [[field, table.headers[at]]])),
  )
  return { said, firstLine: table.firstLine, rows: table.rows.length }
}

it('knows its own words, and those of the programs that lists come from', () => {
  expect(guess([['公司', '联系人', '电话', '归属', '等级', '最后进货', '欠款'], ['a']]).said).toEqual({
    company: '公司',
    contact: '联系人',
    phone: '电话',
    owner: '归属',
    tier: '等级',
    lastOrderOn: '最后进货',
    owed: '欠款',
  })
  expect(
    guess([['往来单位', '客户联系人', '移动电话', '专管业务员', '客户等级', '最近交易日期', '应收余额（元）'], ['a']]).said,
  ).toEqual({
    company: '往来单位',
    contact: '客户联系人',
    phone: '移动电话',
    owner: '专管业务员',
    tier: '客户等级',
    lastOrderOn: '最近交易日期',
    owed: '应收余额（元）',
  })
})

it('passes over what stands above the headers', () => {
  const { said, firstLine, rows } = guess([
    ['2026 年客户名单'],
    [],
    ['客户名称', '手机'],
    ['华强五金', '13800138000'],
    ['永固机电', '13900139000'],
  ])
  expect(said).toEqual({ company: '客户名称', phone: '手机' })
  expect({ firstLine, rows }).toEqual({ firstLine: 4, rows: 2 })
})

it('is not led astray by a code, an address or a kind that only sound like it', () => {
  const head = ['客户编号', '客户名称', '客户地址', '类别', '联系电话', '应收备注']
  const rows = Array.from({ length: 5 }, (_, i) => [`K00${i}`, `店${i}`, '某路 1 号', '批发', `1380013800${i}`, '见合同'])
  expect(guess([head, ...rows]).said).toEqual({ company: '客户名称', phone: '联系电话' })
})

it('reads a list without headers by what stands in it', () => {
  const list = [
    ['华强五金经营部', '王建国', '13800138000', '2026-03-05', 'A', '王磊'],
    ['永固机电有限公司', '李红', '13900139000', '2026-04-01', 'B', '李娜'],
  ]
  const { said, firstLine } = guess(list, ['王磊', '李娜'])
  expect(said).toEqual({
    company: '第 1 列',
    contact: '第 2 列',
    phone: '第 3 列',
    lastOrderOn: '第 4 列',
    tier: '第 5 列',
    owner: '第 6 列',
  })
  expect(firstLine).toBe(1)
})

it('takes the fuller of two columns that could be it, and leaves out what it does not know', () => {
  const rows = Array.from({ length: 10 }, (_, i) => [i < 1 ? '021-66668888' : '', `1380013800${i}`, '备注'])
  expect(guess([['电话', '手机', '随便写写'], ...rows]).said).toEqual({ phone: '手机' })
})
