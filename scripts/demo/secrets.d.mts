type Callback = { secret: string; token: string; aesKey: string }
export type DemoSecrets = {
  sessionSecret: string
  dataKey: string
  wecom: Callback
  dingtalk: Callback & { cardSecret: string }
  archive: Callback & { keys: Record<string, string> }
  sms: { keyId: string; keySecret: string }
  mail: { user: string; password: string }
}

export function demoSecrets(home: string): DemoSecrets
