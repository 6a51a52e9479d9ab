// BULOU_HOME/demo.json: every address, id and secret of the running demo, for people and for checks from outside.
import { join } from 'node:path'
import { readWorld } from './settings.mjs'

export function demoCard({ env, home, port, pids }) {
  const { organisation, people, customers, groups } = readWorld()
  const standin = `http://127.0.0.1:${port}`
  return {
    desk: `http://desk.bulou.localhost:${port}`,
    server: `http://127.0.0.1:${env.PORT}`,
    publicUrl: env.PUBLIC_URL,
    standin: { url: standin, apiBase: env.WECOM_API_BASE, oauthBase: env.WECOM_OAUTH_BASE, control: `${standin}/__standin` },
    organisation: organisation.name,
    wecom: {
      corpId: env.WECOM_CORP_ID,
      agentId: Number(env.WECOM_AGENT_ID),
      secret: env.WECOM_SECRET,
      token: env.WECOM_TOKEN,
      aesKey: env.WECOM_AES_KEY,
      callback: `http://127.0.0.1:${env.PORT}/callback/wecom`,
    },
    archive: {
      secret: env.WECOM_ARCHIVE_SECRET,
      token: env.WECOM_ARCHIVE_TOKEN,
      aesKey: env.WECOM_ARCHIVE_AES_KEY,
      keys: join(home, 'secrets.json'),
      callback: `http://127.0.0.1:${env.PORT}/callback/wecom/archive`,
    },
    groups: groups.map(({ name, key }) => ({ name, webhook: `${env.WECOM_API_BASE}/cgi-bin/webhook/send?key=${key}` })),
    sms: {
      provider: env.SMS_PROVIDER,
      apiBase: env.SMS_API_BASE,
      accessKeyId: env.SMS_ACCESS_KEY_ID,
      accessKeySecret: env.SMS_ACCESS_KEY_SECRET,
      signName: env.SMS_SIGN_NAME,
      templateId: env.SMS_TEMPLATE_ID,
      codeTemplateId: env.SMS_CODE_TEMPLATE_ID,
      sdkAppId: env.SMS_SDK_APP_ID,
      region: env.SMS_REGION,
    },
    mail: { url: env.MAIL_URL, from: env.MAIL_FROM },
    sessionSecret: env.SESSION_SECRET,
    dataKey: env.DATA_KEY,
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    people: people.map(({ userid, name, title, roles, mobile, mail }) => ({
      userid,
      name,
      title,
      roles,
      mobile,
      mail,
      host: `${userid}.bulou.localhost:${port}`,
    })),
    customers: customers.map(({ externalUserId, name, company, rep }) => ({ externalUserId, name, company, rep })),
    logs: join(home, 'logs'),
    home,
    pids,
  }
}
