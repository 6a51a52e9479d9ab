import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Refused } from '../../lib/errors.js'
import { tidy } from '../../lib/tidy.js'
import { checkZip } from './check-zip.js'
import { MOST_BYTES, MOST_ROWS } from './limits.js'
import { decodeText, parseCsv } from './read-csv.js'
import type { Sheet } from './read-workbook.js'

const DEADLINE_MS = 30_000
const MOST_HEAP_MB = 512

/**
 * The rows of a file that somebody brought: .xlsx, or .csv in UTF-8 or GBK. What it is is read from its bytes, not from its
 * name. Throws Refused with what the person can do about it.
 */
export async function openFile(file: Buffer): Promise<Sheet> {
  if (file.length === 0) throw new Refused('empty-file', '这个文件是空的')
  if (file.length > MOST_BYTES) throw new Refused('file-too-large', '文件超过 10 MB，请分成几个再导入', 413)
  const sheet = tidy(await readFile(file))
  if (sheet.more) throw new Refused('too-many-rows', `一次最多 ${MOST_ROWS.toLocaleString('en')} 行，请分成几个文件再导入`, 413)
  if (!sheet.rows.some((row) => row.some(Boolean))) throw new Refused('empty-file', '表里没有内容')
  return sheet
}

async function readFile(file: Buffer): Promise<Sheet> {
  if (file.readUInt16BE(0) === 0x504b) {
    if (checkZip(file)) throw new Refused('bad-file', '这个文件打不开，请用 Excel 或 WPS 打开后另存为 .xlsx 再导入')
    return readApart(file)
  }
  if (file.length > 8 && file.readUInt32BE(0) === 0xd0cf11e0)
    throw new Refused('old-file', '这是旧版 .xls 或加了密码的文件，请去掉密码、另存为 .xlsx 再导入')
  const text = decodeText(file)
  if (text.includes('\0') || /^\s*<(!doctype|html|table|\?xml)/i.test(text))
    throw new Refused('bad-file', '没认出这个文件，请用 Excel 或 WPS 打开后另存为 .xlsx 再导入')
  return { name: null, ...parseCsv(text) }
}

/** As source a .ts file that needs tsx, when built a .js file that needs nothing. A process: a thread would share our memory. */
function readApart(file: Buffer): Promise<Sheet> {
  const isSource = import.meta.url.endsWith('.ts')
  const child = fork(fileURLToPath(new URL(isSource ? './sheet-child.ts' : './sheet-child.js', import.meta.url)), [], {
    execArgv: [`--max-old-space-size=${MOST_HEAP_MB}`, ...(isSource ? ['--import', import.meta.resolve('tsx')] : [])],
    serialization: 'advanced',
    // What a broken sheet makes the library say helps nobody.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {},
  })
  return new Promise<Sheet>((resolve, reject) => {
    const refuse = () => reject(new Refused('bad-file', '这个文件太复杂，没能读完，请只留下要导入的那张表，另存为 .xlsx 再导入'))
    const timer = setTimeout(() => child.kill('SIGKILL'), DEADLINE_MS)
    child.once('message', (sheet) => resolve(sheet as Sheet))
    child.once('error', refuse)
    child.once('exit', () => {
      clearTimeout(timer)
      refuse()
    })
    child.send(file, () => {})
  })
}
