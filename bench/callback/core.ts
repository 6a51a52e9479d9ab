import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { getSignature, decrypt as otherDecrypt } from '@wecom/crypto'
import { parseString } from 'xml2js'
import { openCallback } from '../../channels/wecom/callback.js'
import { decrypt, isSigned, prepareCallback } from '../../channels/wecom/crypto.js'
import { parseXml } from '../../channels/wecom/xml.js'
import { median, round } from '../median.js'
import { type BenchMessage, makeMessages, settings } from './messages.js'

const messages = 4_000
const rounds = 15
const warmUp = 5

const config = prepareCallback(settings)

// Each way pays for its own garbage, not for what the one before it left.
setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Verify, decrypt, our own id, parse: with what the product has. */
function ours(message: BenchMessage): void {
  const { msg_signature, timestamp, nonce } = message.query
  if (!isSigned(config, msg_signature, { timestamp, nonce, encrypt: message.encrypt })) throw new Error('not signed')
  parseXml(decrypt(config, message.encrypt))
}

/** The same four with the platform's own package and the XML parser that most use beside it. */
function theirs(message: BenchMessage): void {
  const { msg_signature, timestamp, nonce } = message.query
  if (getSignature(settings.token, timestamp, nonce, message.encrypt) !== msg_signature) throw new Error('not signed')
  const { message: xml, id } = otherDecrypt(settings.aesKey, message.encrypt)
  if (id !== settings.receiveId) throw new Error('not ours')
  parseXml2js(xml)
}

/** From the bytes of the request on: the outer XML too, and for ours the inbox key and the lane. */
function oursWhole(message: BenchMessage): void {
  openCallback(config, message)
}

function theirsWhole(message: BenchMessage): void {
  const envelope = parseXml2js(message.body.toString()) as { xml: { Encrypt: string } }
  theirs({ ...message, encrypt: envelope.xml.Encrypt })
}

/** Synchronous by default, like ours; the promise form would cost it more. */
function parseXml2js(xml: string): unknown {
  let parsed: unknown
  parseString(xml, { explicitArray: false }, (error, result) => {
    if (error) throw error
    parsed = result
  })
  return parsed
}

/** All in one process, one after the other in each round, so that a slow moment of the machine hits all; medians. */
export function measureCore(say: (line: string) => void) {
  const sample = makeMessages(messages)
  checkAgreement(sample)
  const ways = { ours, theirs, oursWhole, theirsWhole }
  const perSecond = new Map<string, number[]>()
  const ratios: number[] = []
  const wholeRatios: number[] = []

  for (let round = -warmUp; round < rounds; round++) {
    const speeds = Object.fromEntries(Object.entries(ways).map(([name, run]) => [name, speedOf(run, sample)])) as Record<
      keyof typeof ways,
      number
    >
    if (round < 0) continue
    for (const [name, speed] of Object.entries(speeds)) perSecond.set(name, [...(perSecond.get(name) ?? []), speed])
    ratios.push(speeds.ours / speeds.theirs)
    wholeRatios.push(speeds.oursWhole / speeds.theirsWhole)
  }
  const speed = (name: keyof typeof ways) => Math.round(median(perSecond.get(name) ?? []))
  const result = {
    messages,
    rounds,
    perSecond: speed('ours'),
    wecomCryptoAndXml2jsPerSecond: speed('theirs'),
    ratio: round(median(ratios)),
    wholeRequest: {
      perSecond: speed('oursWhole'),
      wecomCryptoAndXml2jsPerSecond: speed('theirsWhole'),
      ratio: round(median(wholeRatios)),
    },
  }
  say(
    `crypto core: ${result.perSecond}/s, @wecom/crypto + xml2js ${result.wecomCryptoAndXml2jsPerSecond}/s, ratio ${result.ratio}`,
  )
  return result
}

function speedOf(run: (message: BenchMessage) => void, sample: BenchMessage[]): number {
  collectGarbage()
  const startedAt = process.hrtime.bigint()
  for (const message of sample) run(message)
  return (sample.length * 1e9) / Number(process.hrtime.bigint() - startedAt)
}

/** A fast wrong answer is no answer: both must read the same fields out of every message. */
function checkAgreement(sample: BenchMessage[]): void {
  for (const { encrypt } of sample) {
    const mine = JSON.stringify(parseXml(decrypt(config, encrypt)))
    const { xml } = parseXml2js(otherDecrypt(settings.aesKey, encrypt).message) as { xml: object }
    if (mine !== JSON.stringify(xml)) throw new Error('the two readings differ')
  }
}
