import type { Check } from './check.js'
import app from './checks/app.js'
import appSecret from './checks/app-secret.js'
import archiveAgreed from './checks/archive-agreed.js'
import archiveKeys from './checks/archive-keys.js'
import archiveMembers from './checks/archive-members.js'
import archiveRead from './checks/archive-read.js'
import archiveSecret from './checks/archive-secret.js'
import calendar from './checks/calendar.js'
import callbacks from './checks/callbacks.js'
import clock from './checks/clock.js'
import contactRange from './checks/contact-range.js'
import database from './checks/database.js'
import dingtalkApp from './checks/dingtalk-app.js'
import dingtalkCard from './checks/dingtalk-card.js'
import dingtalkClock from './checks/dingtalk-clock.js'
import dingtalkHeard from './checks/dingtalk-heard.js'
import dingtalkNotice from './checks/dingtalk-notice.js'
import dingtalkPeople from './checks/dingtalk-people.js'
import dingtalkPushes from './checks/dingtalk-pushes.js'
import dingtalkQuota from './checks/dingtalk-quota.js'
import dingtalkRobot from './checks/dingtalk-robot.js'
import groups from './checks/groups.js'
import heard from './checks/heard.js'
import licence from './checks/licence.js'
import mail from './checks/mail.js'
import oauthDomain from './checks/oauth-domain.js'
import publicUrl from './checks/public-url.js'
import quoteUrl from './checks/quote-url.js'
import redis from './checks/redis.js'
import server from './checks/server.js'
import settings from './checks/settings.js'
import sms from './checks/sms.js'
import tickets from './checks/tickets.js'
import trustedIp from './checks/trusted-ip.js'
import verified from './checks/verified.js'
import verifyFiles from './checks/verify-files.js'
import visibleRange from './checks/visible-range.js'
import wechatMp from './checks/wechat-mp.js'

/** Says nothing to an organisation that has DingTalk alone. */
const ofWecom = (check: Check): Check => ({
  ...check,
  run: async (subject) => (subject.hasWecom ? check.run(subject) : []),
})

/** In the order in which one would mend: what others stand on comes first. */
export const allChecks: Check[] = [
  settings,
  database,
  redis,
  server,
  publicUrl,
  quoteUrl,
  ofWecom(verifyFiles),
  ofWecom(clock),
  appSecret,
  ...[trustedIp, app, oauthDomain, tickets, callbacks, heard, visibleRange, contactRange, licence].map(ofWecom),
  ...[archiveSecret, archiveKeys, archiveRead, archiveMembers, archiveAgreed].map(ofWecom),
  dingtalkApp,
  dingtalkClock,
  dingtalkPushes,
  dingtalkHeard,
  dingtalkRobot,
  dingtalkCard,
  dingtalkNotice,
  dingtalkPeople,
  dingtalkQuota,
  ofWecom(groups),
  sms,
  mail,
  wechatMp,
  calendar,
  ofWecom(verified),
]
