// BULOU_HOME/demo.json: every address, id and secret of the running demo, for people and for checks from outside.
import { join } from 'node:path'
import { readWorld } from './settings.mjs'

export function demoCard({ env, home, port, pids }) {
  const { organisation, people, customers, groups, dingtalkGroups } = readWorld()
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
    dingtalk: env.DINGTALK_CLIENT_ID
      ? {
          corpId: env.DINGTALK_CORP_ID,
          clientId: env.DINGTALK_CLIENT_ID,
          clientSecret: env.DINGTALK_CLIENT_SECRET,
          agentId: Number(env.DINGTALK_AGENT_ID),
          robotCode: env.DINGTALK_ROBOT_CODE || env.DINGTALK_CLIENT_ID,
          cardTemplateId: env.DINGTALK_CARD_TEMPLATE_ID,
          apiBase: env.DINGTALK_API_BASE,
          oapiBase: env.DINGTALK_OAPI_BASE,
          mode: env.DINGTALK_MODE,
          token: env.DINGTALK_TOKEN,
          aesKey: env.DINGTALK_AES_KEY,
          cardSecret: env.DINGTALK_CARD_SECRET,
          callback: `http://127.0.0.1:${env.PORT}/callback/dingtalk`,
          groups: dingtalkGroups.map(({ id, title, members }) => ({ id, title, members })),
        }
      : null,
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
    people: people
      .filter(({ wecom, dingtalk }) => wecom !== false || (dingtalk && env.DINGTALK_CLIENT_ID))
      .map(({ userid, name, title, roles, mobile, mail, wecom, dingtalk }) => ({
        userid,
        name,
        title,
        roles,
        mobile,
        mail,
        // Their client in each platform that they have.
        ...(wecom === false ? {} : { host: `${userid}.bulou.localhost:${port}` }),
        ...(dingtalk && env.DINGTALK_CLIENT_ID
          ? { dingtalk: { ...dingtalk, host: `${dingtalk.userid}.ding.bulou.localhost:${port}` } }
          : {}),
      })),
    customers: customers.map(({ externalUserId, name, company, rep }) => ({ externalUserId, name, company, rep })),
    logs: join(home, 'logs'),
    home,
    pids,
  }
}
