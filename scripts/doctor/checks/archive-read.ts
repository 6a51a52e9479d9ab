import { existsSync } from 'node:fs'
import { ChannelError } from '../../../channels/channel-error.js'
import { createArchive } from '../../../channels/wecom/archive/puller.js'
import type { Log } from '../../../lib/log.js'
import { archivePage, broken, type Check, type Finding, look, ok } from '../check.js'
import type { Subject } from '../subject.js'

const quiet: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet }

/**
 * Reads one batch as the worker would, in a process of its own, and keeps nothing: that the library loads, the secret, the
 * archive's own list of addresses (10009), key versions and the five days show themselves only so.
 * https://developer.work.weixin.qq.com/document/path/91774
 */
const check: Check = {
  name: 'archive-read',
  title: '存档读取',
  async run(subject) {
    const { get, archive: platform } = subject
    const sdk = get('WECOM_FINANCE_SDK')
    if (!platform) return ok('没有启用（可选）')
    if (!sdk)
      return broken(
        '没有填 WECOM_FINANCE_SDK，存档读不了',
        '从官方文档「获取会话内容」下载 Linux 的 C SDK，填 libWeWorkFinanceSdk_C.so 的路径',
      )
    if (!existsSync(sdk)) return broken(`WECOM_FINANCE_SDK 的文件不存在：${sdk}`, '核对路径，要填绝对路径')
    const keys = readKeys(get('WECOM_ARCHIVE_KEYS'))
    if (!keys) return look('先修好「存档私钥」')
    const settings = {
      corpId: get('WECOM_CORP_ID') ?? '',
      secret: get('WECOM_ARCHIVE_SECRET') ?? '',
      keys,
      sdk,
      production: get('NODE_ENV') === 'production',
    }
    const archive = createArchive({ settings, log: quiet, deadlineMs: 2 * subject.timeoutMs })
    try {
      const cursor = await cursorOf(subject)
      const { rows, unread, gap } = await archive.pull(cursor.seq)
      // With nothing new, the last one once more: only a message shows whether the key fits.
      const nothing = rows.length === 0 && unread.length === 0
      const last = nothing && cursor.seq > 0 ? await archive.pull(cursor.seq - 1).catch(() => null) : null
      return found({
        fresh: rows.length,
        opened: rows.length + (last?.rows.length ?? 0),
        unread: [...unread, ...(last?.unread ?? [])],
        gap: gap || cursor.gap,
      })
    } catch (error) {
      return refused(error)
    } finally {
      await archive.stop()
    }
  },
}
export default check

type Found = { fresh: number; opened: number; unread: { reason: string }[]; gap: boolean }

function found({ fresh, opened, unread, gap }: Found): Finding | Finding[] {
  const findings: Finding[] = []
  const key = unread.filter((one) => one.reason === 'key').length
  if (key > 0)
    findings.push(
      broken(
        `有 ${key} 条消息用现有的私钥解不开：私钥和后台那一版公钥不是一对`,
        `到${archivePage}核对公钥版本，私钥按版本填进 WECOM_ARCHIVE_KEYS`,
      ),
    )
  if (unread.length > key) findings.push(look(`有 ${unread.length - key} 条消息读不懂，记在后台任务的日志里`))
  if (gap) findings.push(look('中间停过五天以上，那一段消息企业微信已经不给了', '让后台任务一直运行；缺的那一段请销售粘贴'))
  if (findings.length > 0) return findings
  if (opened === 0) return ok('连得上，还没有消息（私钥对不对，有了消息才看得出来）')
  return ok(fresh > 0 ? `读得到，也解得开（有 ${fresh} 条新的）` : '读得到，也解得开，现在没有新消息')
}

/** The child's own words for an administrator, and for some the page. */
function refused(error: unknown): Finding {
  if (!(error instanceof ChannelError))
    return broken('读取存档的进程没有回应或崩溃了', '核对 WECOM_FINANCE_SDK 的系统架构和 openssl 版本')
  const { code } = error
  // Beside the library's own 10009: what GetChatData answers in its JSON to an address that is not on the list.
  const hint = code === 301042 ? '服务器 IP 不在会话内容存档的可信 IP 中' : error.hint
  const mends: Record<string, string> = {
    10000: '核对 WECOM_CORP_ID 和 WECOM_ARCHIVE_SECRET',
    10009: `到${archivePage}的「可信IP」加上这台服务器的出口地址（和应用的企业可信IP是两份名单）`,
    301042: `到${archivePage}的「可信IP」加上这台服务器的出口地址（和应用的企业可信IP是两份名单）`,
    40001: `到${archivePage}查看 Secret，重新填进 WECOM_ARCHIVE_SECRET`,
    301052: `到${archivePage}续费`,
    'key-version': `把那一版的私钥补进 WECOM_ARCHIVE_KEYS，旧的先别删`,
    sdk: '从官方文档「获取会话内容」下载与系统架构、openssl 相符的 C SDK',
  }
  const passing = error.kind === 'retry'
  if (passing) return look(`${hint}（${code}）`, '过一分钟再运行一次')
  return broken(`${hint}（${code}）`, mends[String(code)] ?? `到${archivePage}核对存档的设置`)
}

async function cursorOf({ db }: Subject): Promise<{ seq: number; gap: boolean }> {
  const cursor = await db?.archiveCursor.findUnique({ where: { source: 'wecom' } }).catch(() => null)
  return { seq: Number(cursor?.seq ?? 0), gap: Boolean(cursor?.gap) }
}

function readKeys(raw: string | undefined): Record<string, string> | null {
  try {
    const value: unknown = JSON.parse(raw ?? '')
    return typeof value === 'object' && value !== null ? (value as Record<string, string>) : null
  } catch {
    return null
  }
}
