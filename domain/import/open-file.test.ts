import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import * as XLSX from 'xlsx'
import { checkZip } from './check-zip.js'
import { MOST_LINES } from './limits.js'
import { openFile } from './open-file.js'
import { decodeText, parseCsv } from './read-csv.js'

const book = (rows: unknown[][], more: { name: string; rows: unknown[][]; hidden?: boolean }[] = []) => {
  const made = XLSX.utils.book_new()
  for (const sheet of [...more.filter((one) => one.hidden), { name: '名单', rows }, ...more.filter((one) => !one.hidden)])
    XLSX.utils.book_append_sheet(made, XLSX.utils.aoa_to_sheet(sheet.rows, { UTC: true }), sheet.name)
  made.Workbook = { Sheets: made.SheetNames.map((name) => ({ Hidden: more.find((one) => one.name === name)?.hidden ? 1 : 0 })) }
  return XLSX.write(made, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer
}

describe('a workbook', () => {
  it('gives what was meant: phones with all their digits, dates as days, sums without a tail', async () => {
    const file = book([
      ['公司', '电话', '日期', '欠款'],
      ['华强五金', 13800138000, new Date('2026-03-05T00:00:00Z'), 0.1 + 0.2],
      ['永固机电', '021-66668888', null, 1234.5],
    ])
    expect(await openFile(file)).toEqual({
      name: '名单',
      rows: [
        ['公司', '电话', '日期', '欠款'],
        ['华强五金', '13800138000', '2026-03-05', '0.3'],
        ['永固机电', '021-66668888', '', '1234.5'],
      ],
      more: false,
    })
  })

  it('passes over sheets that are hidden or empty', async () => {
    const file = book([['公司'], ['华强五金']], [{ name: '旧的', rows: [['不看']], hidden: true }])
    expect((await openFile(file)).rows).toEqual([['公司'], ['华强五金']])
  })

  it('refuses more rows than somebody can look over, and old or foreign files, with what to do', async () => {
    const long = book(Array.from({ length: MOST_LINES + 1 }, (_, i) => [`公司${i}`]))
    await expect(openFile(long)).rejects.toThrow('一次最多 20,000 行')
    const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512)])
    await expect(openFile(old)).rejects.toThrow('另存为 .xlsx')
    await expect(openFile(Buffer.from('<html><table><tr><td>1'))).rejects.toThrow('另存为 .xlsx')
    await expect(openFile(Buffer.alloc(0))).rejects.toThrow('空的')
    await expect(openFile(Buffer.from('PK\x03\x04 and then nothing of the kind'))).rejects.toThrow('打不开')
    await expect(openFile(Buffer.alloc(10 * 1024 * 1024 + 1))).rejects.toThrow('超过 10 MB')
  })
})

describe('an archive', () => {
  it('that would fill the memory is refused before it is opened, whatever it says of itself', () => {
    const zeros = deflateRawSync(Buffer.alloc(50_000_000))
    expect(checkZip(zip([{ packed: zeros, size: 50_000_000 }]))).toBe(null)
    expect(
      checkZip(
        zip([
          { packed: zeros, size: 50_000_000 },
          { packed: zeros, size: 50_000_000 },
        ]),
      ),
    ).toBe('too large when opened')
    expect(checkZip(zip([{ packed: zeros, size: 1_000 }]))).toMatch('larger than it says')
  })
  it('that is broken is refused', () => {
    const good = zip([{ packed: deflateRawSync(Buffer.from('words')), size: 5 }])
    expect(checkZip(good)).toBe(null)
    for (let at = 0; at < good.length; at += 1) {
      const broken = Buffer.from(good)
      broken[at] = (broken[at] as number) ^ 0xff
      expect(() => checkZip(broken)).not.toThrow()
    }
    expect(checkZip(good.subarray(0, -5))).toMatch(/directory/)
  })
})

describe('a text file', () => {
  const words = '公司,电话\n"华强""五金"", 深圳",13800138000\r\n多行,"一\n二"'
  const rows = [
    ['公司', '电话'],
    ['华强"五金", 深圳', '13800138000'],
    ['多行', '一\n二'],
  ]
  it('is read in UTF-8, UTF-16 and GBK', () => {
    expect(parseCsv(decodeText(Buffer.from(`\ufeff${words}`))).rows).toEqual(rows)
    expect(parseCsv(decodeText(Buffer.from(words))).rows).toEqual(rows)
    expect(parseCsv(decodeText(Buffer.from(`\ufeff${words}`, 'utf16le'))).rows).toEqual(rows)
    // 公司 in GBK.
    expect(parseCsv(decodeText(Buffer.from([0xb9, 0xab, 0xcb, 0xbe]))).rows).toEqual([['公司']])
  })
  it('may be divided by tabs or semicolons', () => {
    expect(parseCsv('公司\t电话\n华强,五金\t1').rows).toEqual([
      ['公司', '电话'],
      ['华强,五金', '1'],
    ])
    expect(parseCsv('公司;电话\n华强;1').rows[1]).toEqual(['华强', '1'])
  })
  it('ends where it is too long', () => {
    expect(parseCsv('a\n'.repeat(MOST_LINES + 5))).toMatchObject({ more: true })
  })
})

function zip(entries: { packed: Buffer; size: number }[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { packed, size } of entries) {
    const local = Buffer.alloc(31)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt16LE(1, 26)
    local.write('a', 30)
    const entry = Buffer.alloc(47)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(size, 24)
    entry.writeUInt16LE(1, 28)
    entry.writeUInt32LE(at, 42)
    entry.write('a', 46)
    bodies.push(local, packed)
    directory.push(entry)
    at += local.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...bodies, ...directory, end])
}
