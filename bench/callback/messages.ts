import { randomBytes, randomInt } from 'node:crypto'
import { encrypt, sign } from '../../channels/sealed/seal.js'
import { type PreparedCallback, prepareCallback } from '../../channels/wecom/crypto.js'
import type { CallbackConfig } from '../../lib/wecom-config.js'

export const settings: CallbackConfig = {
  name: 'app',
  token: 'benchToken2026',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  receiveId: 'wwb0100000000b0100',
}

/** What the platform would send. No two are alike: sender, words, id, chance. */
export type BenchMessage = {
  plain: string
  encrypt: string
  query: { msg_signature: string; timestamp: string; nonce: string }
  body: Buffer
}

export const messageBytes = 900
const words =
  '交期改成下周五吧，数量加到300套，价格能不能再便宜一点，麻烦今天给个准信，图纸我晚点发你，仁济骨科医院这边要锁定钢板'

/** Messages of 900 bytes each before encryption; ids begin at `first` so that two calls make different ones. */
export function makeMessages(count: number, first = 1): BenchMessage[] {
  const config = prepareCallback(settings)
  return Array.from({ length: count }, (_, i) => seal(config, plainText(first + i)))
}

function plainText(id: number): string {
  const sender = `member${randomInt(300)}`
  const before =
    `<xml><ToUserName><![CDATA[${settings.receiveId}]]></ToUserName>\n<FromUserName><![CDATA[${sender}]]></FromUserName>\n` +
    '<CreateTime>1763690400</CreateTime>\n<MsgType><![CDATA[text]]></MsgType>\n<Content><![CDATA['
  const after = `]]></Content>\n<MsgId>${7_000_000_000_000_000_000n + BigInt(id)}</MsgId>\n<AgentID>1000002</AgentID>\n</xml>`
  let said = ''
  const room = messageBytes - Buffer.byteLength(before + after)
  const start = randomInt(words.length)
  for (let i = start; Buffer.byteLength(said) + 3 <= room; i++) said += words[i % words.length]
  said += 'a'.repeat(room - Buffer.byteLength(said))
  return before + said + after
}

function seal(config: PreparedCallback, plain: string): BenchMessage {
  const sealed = encrypt(config, plain, randomBytes(16))
  const timestamp = '1763690400'
  const nonce = String(randomInt(1_000_000_000))
  const msg_signature = sign(config, { timestamp, nonce, encrypt: sealed })
  const to = `<ToUserName><![CDATA[${settings.receiveId}]]></ToUserName><AgentID><![CDATA[1000002]]></AgentID>`
  const body = Buffer.from(`<xml>${to}<Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`)
  return { plain, encrypt: sealed, query: { msg_signature, timestamp, nonce }, body }
}
