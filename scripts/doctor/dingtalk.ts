import { ChannelError } from '../../channels/channel-error.js'
import { createDingtalk, type Dingtalk } from '../../channels/dingtalk/client.js'
import { tokenApi } from '../../channels/dingtalk/token.js'
import { type DingtalkConfig, readDingtalk } from '../../lib/dingtalk-config.js'
import type { Log } from '../../lib/log.js'
import { broken, type Check, type Finding, look } from './check.js'
import type { Env, Subject } from './subject.js'

export type DingtalkSubject = { config: DingtalkConfig; api: Dingtalk }

const quiet: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet }
/** Where the app's own pages are in the console (open-dev.dingtalk.com). */
export const dingtalkPage = '钉钉开发者后台「应用开发 → 企业内部应用 → 这个应用」'

type Options = { env: Env; publicUrl: string; timeoutMs: number; clock: () => Date }

/** Null without DingTalk, or while its settings are wrong: 「设置」 says which. */
export function createDingtalkSubject({ env, publicUrl, timeoutMs, clock }: Options): DingtalkSubject | null {
  const given = Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])))
  const { config } = readDingtalk(given)
  if (!config) return null
  const api = createDingtalk({ settings: { ...config, publicUrl }, machineNow: clock, log: quiet, timeoutMs })
  return { config, api }
}

/** A check of an organisation with DingTalk; nothing is said to any other. */
export const withDingtalk =
  (run: (dingtalk: DingtalkSubject, subject: Subject) => Promise<Finding | Finding[]>): Check['run'] =>
  async (subject) =>
    subject.dingtalk ? run(subject.dingtalk, subject) : []

/** The same for what asks the platform: a no is put into words. */
export const askingDingtalk = (
  run: (dingtalk: DingtalkSubject, subject: Subject) => Promise<Finding | Finding[]>,
): Check['run'] =>
  withDingtalk(async (dingtalk, subject) => {
    try {
      return await run(dingtalk, subject)
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error
      return error.method === tokenApi ? look('先修好「钉钉应用」') : explainDingtalk(error)
    }
  })

const lines: Record<string, { why: string; mend: string }> = {
  timeout: { why: '等了很久没有回应', mend: '看看防火墙、代理是否放行 443 到 api.dingtalk.com 和 oapi.dingtalk.com' },
  ENOTFOUND: { why: '域名解析不了', mend: '看看这台机器的 DNS，或 DINGTALK_API_BASE、DINGTALK_OAPI_BASE 是否写错' },
  EAI_AGAIN: { why: '域名解析不了', mend: '看看这台机器的 DNS' },
  ECONNREFUSED: { why: '对方拒绝连接', mend: '看看 DINGTALK_API_BASE、DINGTALK_OAPI_BASE 是否写错、代理是否在运行' },
}

/** The product's own words for a code, and where it is mended. */
export function explainDingtalk({ code, hint, kind }: ChannelError): Finding {
  const line = lines[String(code)]
  if (line) return broken(`连不上钉钉：${line.why}`, line.mend)
  if (String(code).startsWith('http-') || code === 'bad-answer')
    return broken(`${hint}（${code}）`, '核对 DINGTALK_API_BASE 和 DINGTALK_OAPI_BASE；不用代理就删掉这两行')
  if (code === 'network') return broken('连不上钉钉', '看看这台机器能不能上网、证书是否过期')
  if (kind === 'retry' || kind === 'refresh') return look(`${hint}（${code}）`, '过一分钟再运行一次')
  return broken(`${hint}（${code}）`, mendOf(String(code)))
}

function mendOf(code: string): string {
  if (/PermissionDenied|^(60011|88005)$/.test(code)) return `到${dingtalkPage}的「开发配置 → 权限管理」申请，然后发布新版本`
  if (/IpNotInWhiteList|^60020$/.test(code)) return `到${dingtalkPage}的「开发配置 → 安全设置」加上这台服务器的出口 IP`
  if (/ApiCountLimit|^90020$/.test(code)) return '到钉钉开发者后台「资源管理」扩容，或等下个月'
  if (/ClientIdOrSecret|^(40001|40089|40096)$/.test(code))
    return `到${dingtalkPage}的「基础信息 → 凭证与基础信息」复制 Client ID 和 Client Secret，重新填`
  return `到${dingtalkPage}核对，按错误码 ${code} 查官方文档`
}
