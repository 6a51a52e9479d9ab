import { CallbackRefused } from '../sealed/refused.js'

const maxElements = 16
const name = /^[A-Za-z]{1,32}$/

/**
 * The outer XML is not authenticated yet, so no parser sees it: only one flat `<xml>` with plain elements passes,
 * and of those only Encrypt is read. The order is not documented, and AgentID comes with app callbacks only.
 * https://developer.work.weixin.qq.com/document/path/90930
 */
export function readEnvelope(body: string): string {
  let at = skipSpace(body, 0)
  if (!body.startsWith('<xml>', at)) throw new CallbackRefused('malformed', 'envelope')
  at = skipSpace(body, at + 5)
  let encrypt: string | null = null

  for (let elements = 0; !body.startsWith('</xml>', at); elements++) {
    const element = readElement(body, at)
    if (element.name === 'Encrypt') {
      if (encrypt !== null) throw new CallbackRefused('malformed', 'envelope: two Encrypt')
      encrypt = element.value
    }
    if (elements === maxElements) throw new CallbackRefused('malformed', 'envelope: too many elements')
    at = skipSpace(body, element.end)
  }
  if (skipSpace(body, at + 6) !== body.length) throw new CallbackRefused('malformed', 'envelope: trailing text')
  if (!encrypt) throw new CallbackRefused('malformed', 'envelope: no Encrypt')
  return encrypt
}

function readElement(body: string, at: number): { name: string; value: string; end: number } {
  const nameEnd = body.indexOf('>', at)
  const found = body.slice(at + 1, Math.min(nameEnd, at + 34))
  if (body.charCodeAt(at) !== 60 || nameEnd < 0 || !name.test(found)) throw new CallbackRefused('malformed', 'envelope: element')

  const from = nameEnd + 1
  const isCdata = body.startsWith('<![CDATA[', from)
  const valueFrom = isCdata ? from + 9 : from
  const valueTo = body.indexOf(isCdata ? ']]>' : '<', valueFrom)
  const closing = isCdata ? valueTo + 3 : valueTo
  if (valueTo < 0 || !body.startsWith(`</${found}>`, closing)) throw new CallbackRefused('malformed', 'envelope: element')
  return { name: found, value: body.slice(valueFrom, valueTo), end: closing + found.length + 3 }
}

function skipSpace(body: string, from: number): number {
  let at = from
  for (let code = body.charCodeAt(at); code === 32 || (code >= 9 && code <= 13); code = body.charCodeAt(at)) at++
  return at
}
