import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../host/paths.mjs'
import type { Env } from './subject.js'

/** What a running demo is configured with: BULOU_HOME/demo.json, written by `npm run demo`. */
export function readDemo(path: string): Env {
  if (!existsSync(path)) throw new Error('演示没有在运行：先 npm run demo，再 npm run doctor -- --demo')
  const card = JSON.parse(readFileSync(path, 'utf8'))
  const { wecom, dingtalk, archive, sms, mail, standin } = card
  const keys = JSON.parse(readFileSync(archive.keys, 'utf8')).archive.keys
  return {
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    PORT: new URL(card.server).port,
    PUBLIC_URL: card.publicUrl,
    DATABASE_URL: card.databaseUrl,
    REDIS_URL: card.redisUrl,
    SESSION_SECRET: card.sessionSecret,
    DATA_KEY: card.dataKey,
    WECOM_CORP_ID: wecom.corpId,
    WECOM_AGENT_ID: String(wecom.agentId),
    WECOM_SECRET: wecom.secret,
    WECOM_TOKEN: wecom.token,
    WECOM_AES_KEY: wecom.aesKey,
    WECOM_API_BASE: standin.apiBase,
    WECOM_OAUTH_BASE: standin.oauthBase,
    WECOM_ADMINS: card.people
      .filter(({ roles }: { roles: string[] }) => roles.includes('admin'))
      .map(({ userid }: { userid: string }) => userid)
      .join(','),
    WECOM_ARCHIVE_SECRET: archive.secret,
    WECOM_ARCHIVE_TOKEN: archive.token,
    WECOM_ARCHIVE_AES_KEY: archive.aesKey,
    WECOM_ARCHIVE_KEYS: JSON.stringify(keys),
    WECOM_FINANCE_SDK: join(root, 'simulator/finance-sdk.mjs'),
    WECOM_GROUP_WEBHOOKS: JSON.stringify(
      Object.fromEntries(card.groups.map(({ name, webhook }: { name: string; webhook: string }) => [name, webhook])),
    ),
    ...(dingtalk ? ofDingtalk(dingtalk) : {}),
    SMS_PROVIDER: sms.provider,
    SMS_ACCESS_KEY_ID: sms.accessKeyId,
    SMS_ACCESS_KEY_SECRET: sms.accessKeySecret,
    SMS_SIGN_NAME: sms.signName,
    SMS_TEMPLATE_ID: sms.templateId,
    SMS_CODE_TEMPLATE_ID: sms.codeTemplateId,
    SMS_SDK_APP_ID: sms.sdkAppId,
    SMS_REGION: sms.region,
    SMS_API_BASE: sms.apiBase,
    MAIL_URL: mail.url,
    MAIL_FROM: mail.from,
  }
}

const ofDingtalk = (dingtalk: Record<string, string>): Env => ({
  DINGTALK_CORP_ID: dingtalk.corpId,
  DINGTALK_CLIENT_ID: dingtalk.clientId,
  DINGTALK_CLIENT_SECRET: dingtalk.clientSecret,
  DINGTALK_AGENT_ID: String(dingtalk.agentId),
  DINGTALK_ROBOT_CODE: dingtalk.robotCode,
  DINGTALK_CARD_TEMPLATE_ID: dingtalk.cardTemplateId,
  DINGTALK_API_BASE: dingtalk.apiBase,
  DINGTALK_OAPI_BASE: dingtalk.oapiBase,
  DINGTALK_MODE: dingtalk.mode,
  DINGTALK_TOKEN: dingtalk.token,
  DINGTALK_AES_KEY: dingtalk.aesKey,
  DINGTALK_CARD_SECRET: dingtalk.cardSecret,
})
