import { getSignature, decrypt as otherDecrypt } from '@wecom/crypto'
import { parseString } from 'xml2js'
import { decrypt, isSigned } from '../../channels/sealed/seal.js'
import { openCallback } from '../../channels/wecom/callback.js'
import { prepareCallback } from '../../channels/wecom/crypto.js'
import { parseXml } from '../../channels/wecom/xml.js'
import { median, round } from '../median.js'
import { type BenchMessage, makeMessages, settings } from './messages.js'

const messages = 4_000
const rounds = 15
const warmUp = 5

const config = prepareCallback(settings)

/** From the bytes of the request to its fields: verify, decrypt, our own id, parse; inbox key and lane come with it. */
function ours(message: BenchMessage): void {
  openCallback(config, message)
}

/** The same with the platform's own package and the XML parser that most use beside it, which reads the envelope too. */
function theirs(message: BenchMessage): void {
  const envelope = parseXml2js(message.body.toString()) as { xml: { Encrypt: string } }
  theirsInner({ ...message, encrypt: envelope.xml.Encrypt })
}

/** Without the envelope: what is left when somebody else has read Encrypt out of the request. */
function oursInner(message: BenchMessage): void {
  const { msg_signature, timestamp, nonce } = message.query
  if (!isSigned(config, msg_signature, { timestamp, nonce, encrypt: message.encrypt })) throw new Error('not signed')
  parseXml(decrypt(config, message.encrypt))
}

function theirsInner(message: BenchMessage): void {
  const { msg_signature, timestamp, nonce } = message.query
  if (getSignature(settings.token, timestamp, nonce, message.encrypt) !== msg_signature) throw new Error('not signed')
  const { message: xml, id } = otherDecrypt(settings.aesKey, message.encrypt)
  if (id !== settings.receiveId) throw new Error('not ours')
  parseXml2js(xml)
}

/** Synchronous, as ours is; the promise form takes as long. */
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
  const whole = compare({ ours, theirs }, sample)
  const inner = compare({ ours: oursInner, theirs: theirsInner }, sample)
  say(`crypto core: ${whole.perSecond}/s, @wecom/crypto + xml2js ${whole.wecomCryptoAndXml2jsPerSecond}/s: ${whole.ratio} times`)
  return { messages, rounds, ...whole, withoutEnvelope: inner }
}

type Way = (message: BenchMessage) => void

function compare(ways: { ours: Way; theirs: Way }, sample: BenchMessage[]) {
  const speeds: { ours: number; theirs: number }[] = []
  for (let each = -warmUp; each < rounds; each++) {
    const speed = { ours: speedOf(ways.ours, sample), theirs: speedOf(ways.theirs, sample) }
    if (each >= 0) speeds.push(speed)
  }
  return {
    perSecond: Math.round(median(speeds.map((one) => one.ours))),
    wecomCryptoAndXml2jsPerSecond: Math.round(median(speeds.map((one) => one.theirs))),
    ratio: round(median(speeds.map((one) => one.ours / one.theirs))),
  }
}

function speedOf(way: Way, sample: BenchMessage[]): number {
  const startedAt = process.hrtime.bigint()
  for (const message of sample) way(message)
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
