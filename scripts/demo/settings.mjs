// What the processes of the demo are told. Whatever of it is set in the environment wins.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../host/paths.mjs'
import { deskFolder } from '../pages.mjs'

export const worldFile = join(root, 'prisma/seed/demo.json')
export const readWorld = () => JSON.parse(readFileSync(worldFile, 'utf8'))

/**
 * @param dingtalk 'stream' or 'http': how the organisation's DingTalk reaches the product; undefined: it has none.
 * @returns the environment of server, worker, stand-in and seed alike.
 */
export function demoEnv({ home, port, productPort, smtpPort, secrets, databaseUrl, redisUrl, dingtalk }) {
  const { organisation, people, groups } = readWorld()
  const defaults = {
    NODE_ENV: 'development',
    LOG_LEVEL: 'info',
    TZ: 'UTC',
    HOST: '127.0.0.1',
    // What customers read above a quote.
    ORGANISATION: organisation.name,
    PUBLIC_URL: `http://bulou.localhost:${port}`,
    PUBLIC_HOSTS: `.bulou.localhost:${port}`,
    FRAME_ANCESTORS: `http://desk.bulou.localhost:${port}`,
    SESSION_SECRET: secrets.sessionSecret,
    DATA_KEY: secrets.dataKey,
    WECOM_CORP_ID: organisation.corpId,
    WECOM_AGENT_ID: String(organisation.agentId),
    WECOM_SECRET: secrets.wecom.secret,
    WECOM_TOKEN: secrets.wecom.token,
    WECOM_AES_KEY: secrets.wecom.aesKey,
    WECOM_API_BASE: `http://127.0.0.1:${port}`,
    WECOM_OAUTH_BASE: `http://open.bulou.localhost:${port}`,
    WECOM_ADMINS: people
      .filter(({ roles }) => roles.includes('admin'))
      .map(({ userid }) => userid)
      .join(','),
    WECOM_ARCHIVE_SECRET: secrets.archive.secret,
    WECOM_ARCHIVE_TOKEN: secrets.archive.token,
    WECOM_ARCHIVE_AES_KEY: secrets.archive.aesKey,
    WECOM_ARCHIVE_KEYS: JSON.stringify(secrets.archive.keys),
    WECOM_FINANCE_SDK: join(root, 'simulator/finance-sdk.mjs'),
    WECOM_GROUP_WEBHOOKS: JSON.stringify(Object.fromEntries(groups.map(({ name, key }) => [name, key]))),
    ...(dingtalk
      ? dingtalkEnv({ mode: dingtalk, organisation: organisation.dingtalk, people, secrets: secrets.dingtalk, port })
      : {}),
    SMS_PROVIDER: 'aliyun',
    SMS_ACCESS_KEY_ID: secrets.sms.keyId,
    SMS_ACCESS_KEY_SECRET: secrets.sms.keySecret,
    SMS_SIGN_NAME: '不漏提醒',
    SMS_TEMPLATE_ID: 'SMS_100000001',
    SMS_CODE_TEMPLATE_ID: 'SMS_100000002',
    SMS_SDK_APP_ID: '1400000001',
    SMS_REGION: 'ap-guangzhou',
    SMS_API_BASE: `http://127.0.0.1:${port}`,
    MAIL_URL: `smtp://${secrets.mail.user}:${secrets.mail.password}@127.0.0.1:${smtpPort}`,
    MAIL_FROM: '不漏 <bulou@yonggu.example>',
    STANDIN_WORLD: worldFile,
    STANDIN_JOURNAL: join(home, 'standin.jsonl'),
    STANDIN_DESK: deskFolder,
  }
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''))
  return {
    ...defaults,
    ...given,
    BULOU_HOME: home,
    PORT: String(productPort),
    STANDIN_PORT: String(port),
    STANDIN_SMTP_PORT: String(smtpPort),
    STANDIN_PRODUCT: `http://127.0.0.1:${productPort}`,
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
  }
}

function dingtalkEnv({ mode, organisation, people, secrets, port }) {
  const admins = people.flatMap(({ roles, dingtalk }) => (dingtalk && roles.includes('admin') ? dingtalk.userid : []))
  return {
    DINGTALK_CORP_ID: organisation.corpId,
    DINGTALK_CLIENT_ID: organisation.clientId,
    DINGTALK_CLIENT_SECRET: secrets.secret,
    DINGTALK_AGENT_ID: String(organisation.agentId),
    DINGTALK_CARD_TEMPLATE_ID: organisation.cardTemplateId,
    DINGTALK_API_BASE: `http://127.0.0.1:${port}`,
    DINGTALK_OAPI_BASE: `http://127.0.0.1:${port}`,
    DINGTALK_MODE: mode,
    DINGTALK_TOKEN: secrets.token,
    DINGTALK_AES_KEY: secrets.aesKey,
    DINGTALK_CARD_SECRET: secrets.cardSecret,
    DINGTALK_ADMINS: admins.join(','),
  }
}
