import { Refused } from '../../lib/errors.js'
import { newId, sha256 } from '../../lib/ids.js'
import { pictureSize } from '../../lib/picture-size.js'
import { pictureType } from '../../lib/picture-type.js'
import type { Secrets } from '../../lib/secret.js'
import { record } from '../audit/record.js'
import { sealPhone } from '../contact/contact-phones.js'
import { askAcceptedPdf } from '../quote/ask-pdf.js'
import { tellAnswered } from '../quote-notice/tell-answered.js'
import { noteVisit } from '../quote-visit/note-visit.js'
import type { Work } from '../work.js'
import { assertAnswerable } from './assert-answerable.js'
import { type HeldByToken, holdByToken } from './hold-by-token.js'
import { keepAsChange, type ReadWords } from './keep-as-change.js'
import type { CustomerAnswer } from './quote-answer.contract.js'
import { wantsStamp } from './wants-stamp.js'

/** Where an answer came from: what stands beside it as evidence. */
export type AnsweredFrom = {
  /** SHA-256 of what the device's cookie says. */
  viewer: string
  contactId: string | null
  ip: string
  device: string
}

type Answering = { token: string; input: CustomerAnswer; from: AnsweredFrom; phones: Secrets; read: ReadWords }

/**
 * What a customer says to a quote on its page: 确认报价, 我想调整, 暂不考虑, or a question. Once per request id: a double tap
 * gets the first one's id again. Two devices that confirm at once are one confirmation and one kind refusal.
 */
export async function answerQuote(work: Work, { token, input, from, phones, read }: Answering): Promise<string> {
  const held = await holdByToken(work, token)
  const first = await work.tx.quoteAnswer.findUnique({ where: { requestId: input.requestId } })
  // The id is the page's: one of another quote buys nothing.
  if (first && first.versionId !== held.version.id) throw new Refused('request-id-taken', '请刷新页面后再试一次', 409)
  if (first) return first.id
  await assertAnswerable(work, held, input.kind)

  const { quote, version, link } = held
  // Who answers has seen it, whether or not the page could say so before.
  const visitId = await noteVisit(work, {
    ...{ quoteId: quote.id, versionId: version.id, linkId: link.id, viewer: from.viewer, contactId: from.contactId },
    ...{ device: from.device, opening: false, sections: {}, stoppedAt: 'answer' },
  })
  const id = newId()
  const content = await contentOf(work, held, { id, input, from, phones, read })
  await work.tx.quoteAnswer.create({
    data: {
      ...{ id, quoteId: quote.id, versionId: version.id, kind: input.kind, requestId: input.requestId, at: work.now },
      ...{ visitId, contactId: from.contactId, ip: from.ip, device: from.device },
      ...content,
    },
  })
  if (input.kind === 'accept' || input.kind === 'decline')
    await work.tx.quote.update({
      where: { id: quote.id },
      data: { state: input.kind === 'accept' ? 'accepted' : 'declined', endedAt: work.now },
    })
  await record(work, {
    actor: 'customer',
    verb: `quote-${VERBS[input.kind]}`,
    subject: `quote:${quote.id}`,
    content: { answer: id, version: version.version, contentHash: version.contentHash, ...said(input), ip: from.ip },
  })
  if (input.kind === 'accept') await askAcceptedPdf(work, id)
  await tellAnswered(work, id)
  return id
}

const VERBS = { accept: 'accepted', adjust: 'adjust-wished', decline: 'declined', ask: 'asked' }

/** For the audit. The phone stands sealed beside the answer and nowhere else. */
const said = (input: CustomerAnswer) =>
  input.kind === 'accept'
    ? { name: input.name, signature: input.signature && sha256(Buffer.from(input.signature)) }
    : { words: input.kind === 'decline' ? wordsOf(input) : input.words }

type Given = Omit<Answering, 'token'> & { id: string }

async function contentOf(work: Work, held: HeldByToken, { id, input, from, phones, read }: Given) {
  switch (input.kind) {
    case 'accept': {
      const phone = input.phone ? sealPhone(phones, input.phone)?.sealed : null
      if (phone === undefined) throw new Refused('bad-phone', '手机号好像不对，请再看一眼')
      const signature = input.signature ? signatureOf(input.signature) : null
      if (!phone && !signature) throw new Refused('bad-input', '请留下手机号，或者手写签个名')
      return { name: input.name, phone, signature, wantsStamp: await wantsStamp(work.tx, held) }
    }
    case 'adjust':
      return {
        words: input.words,
        changeId: await keepAsChange(work, held, { id, words: input.words, contactId: from.contactId, read }),
      }
    case 'decline':
      return { words: wordsOf(input) }
    case 'ask':
      return { words: input.words }
  }
}

const wordsOf = ({ reason, words }: { reason: string; words: string | null }) => (words ? `${reason}：${words}` : reason)

/** Larger than any pad on any screen; few bytes may say that they are a picture which no paper could be drawn with. */
const LONGEST_SIGNATURE = 4_096

function signatureOf(dataUrl: string): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64'))
  const size = pictureType(data) === 'image/png' ? pictureSize(data) : null
  if (!size || Math.max(size.width, size.height) > LONGEST_SIGNATURE)
    throw new Refused('bad-signature', '签名没有收完整，请重新签一次')
  return data
}
