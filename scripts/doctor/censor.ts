import type { Env } from './subject.js'

const secretNames = /SECRET|TOKEN|AES_KEY|DATA_KEY|ARCHIVE_KEYS|WEBHOOKS|ACCESS_KEY|_URL$/

/**
 * The last net: no check prints a secret, and none could. Values that are public by nature (PUBLIC_URL) stay; of an address
 * with a password, the password goes.
 */
export function createCensor(env: Env): (text: string) => string {
  const secrets = Object.entries(env).flatMap(([name, value]) => (value && secretNames.test(name) ? partsOf(name, value) : []))
  return (text) => secrets.reduce((rest, secret) => rest.replaceAll(secret, '…'), text)
}

function partsOf(name: string, value: string): string[] {
  if (!name.endsWith('_URL')) return value.trim().length >= 6 ? [value.trim()] : []
  const password = URL.canParse(value) ? new URL(value).password : ''
  return password ? [password, decoded(password)].filter((one) => one.length >= 4) : []
}

function decoded(password: string): string {
  try {
    return decodeURIComponent(password)
  } catch {
    return password
  }
}
