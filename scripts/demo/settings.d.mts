import type { DemoSecrets } from './secrets.mjs'

export const worldFile: string
export function demoEnv(options: {
  home: string
  port: number
  productPort: number
  smtpPort: number
  secrets: DemoSecrets
  databaseUrl: string
  redisUrl: string
  /** How the organisation's DingTalk reaches the product; undefined: it has none. */
  dingtalk?: 'stream' | 'http' | undefined
}): NodeJS.ProcessEnv & Record<`${'WECOM' | 'STANDIN' | 'SMS' | 'MAIL'}_${string}` | 'PUBLIC_URL' | 'PORT', string>
