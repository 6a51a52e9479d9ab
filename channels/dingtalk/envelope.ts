import { CallbackRefused } from '../sealed/refused.js'

// Some writers of JSON escape the slash and the equals sign.
const shape = /^\s*\{\s*"encrypt"\s*:\s*"((?:[A-Za-z0-9+/=]|\\\/|\\u003[dD])+)"\s*\}\s*$/

/**
 * `{"encrypt":"<base64>"}` and nothing else. It is not authenticated yet, so no parser sees it.
 * https://open.dingtalk.com/document/development/http-callback-overview
 */
export function readEnvelope(body: string): string {
  const encrypt = shape.exec(body)?.[1]
  if (!encrypt) throw new CallbackRefused('malformed', 'envelope')
  return encrypt.includes('\\') ? encrypt.replaceAll('\\/', '/').replace(/\\u003d/gi, '=') : encrypt
}
