import * as z from 'zod/mini'
import { personBrief } from '../person/person.contract.js'

/**
 * Money: whole amounts are 分 (safe integers), unit prices and quantities are decimal strings (at most six and three places), rates
 * are ten thousandths («Bp»: 1300 is 13 %). lib/format/amount.ts calculates with them.
 */
const MOST_FEN = 1e14
export const fen = z.int().check(z.minimum(0), z.maximum(MOST_FEN))
export const price = z.string().check(z.regex(/^\d{1,9}(\.\d{1,6})?$/))
export const qty = z.string().check(z.regex(/^\d{1,9}(\.\d{1,3})?$/))
export const bp = z.int().check(z.minimum(0), z.maximum(10_000))
const words = (most: number) => z.string().check(z.trim(), z.maxLength(most))
const said = (most: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(most))

export const MOST_LINES = 200
export const LONGEST_QUOTE_TITLE = 60
export const LONGEST_TERM = 200

export const param = z.object({ name: said(40), value: said(120) })
export type Param = z.infer<typeof param>

/** One line as a rep writes it. `id` is the page's and stays over versions: a difference follows a line by it. */
export const draftLine = z.object({
  id: z.uuid(),
  productId: z.nullable(z.uuid()),
  code: z.nullable(words(60)),
  name: said(80),
  spec: z.nullable(words(120)),
  unit: said(10),
  qty,
  /** 元 a unit; of a gift what it is worth. */
  price,
  gift: z.boolean(),
  note: z.nullable(words(200)),
  params: z.array(param).check(z.maxLength(30)),
  pictureId: z.nullable(z.uuid()),
  /** Written when it is sent: the price was the one of the customer's books. A repeat asks them again, and keeps what was agreed otherwise. */
  followsBook: z.optional(z.boolean()),
})
export type DraftLine = z.infer<typeof draftLine>

/** 分期: shares add up to 10000. */
export const instalments = z.array(z.object({ label: said(30), shareBp: bp, when: said(60) })).check(z.maxLength(6))
export type Instalments = z.infer<typeof instalments>

export const freight = z.object({
  /** included 含运费 · fixed 另计 · collect 到付. */
  how: z.enum(['included', 'fixed', 'collect']),
  fen,
})

/** What a rep writes. Pictures, prices and whether it may be sent are judged by the server. */
export const quoteDraft = z.object({
  title: words(LONGEST_QUOTE_TITLE),
  lines: z.array(draftLine).check(z.maxLength(MOST_LINES)),
  tax: z.object({ included: z.boolean(), rateBp: bp }),
  freight,
  /** 整单优惠. */
  discountFen: fen,
  terms: z.object({ payment: words(LONGEST_TERM), delivery: words(LONGEST_TERM), other: words(500) }),
  instalments,
  /** Days on which it holds, the day of sending not counted. */
  validDays: z.int().check(z.minimum(1), z.maximum(365)),
  /** 阶梯返点 of the customer's price book, shown to them: [{ fromFen, rateBp }]. */
  rebates: z.array(z.object({ fromFen: fen, rateBp: bp })).check(z.maxLength(10)),
  /** Technical risks that the quote acknowledges: in whose words the customer reads them. */
  risks: z.array(z.object({ id: z.uuid(), words: said(300) })).check(z.maxLength(20)),
})
export type QuoteDraft = z.infer<typeof quoteDraft>

/** What a draft comes to. `subtotalFen` is the sum of the lines without gifts. */
export const totals = z.object({
  lines: z.record(z.string(), fen),
  subtotalFen: fen,
  giftFen: fen,
  freightFen: fen,
  discountFen: fen,
  /** 0 where prices include it. */
  taxFen: fen,
  totalFen: fen,
  /** What the ladder of rebates gives back at this total. */
  rebateFen: fen,
})
export type Totals = z.infer<typeof totals>

/** What was sent, whole: a page and a PDF are drawn from this alone. */
export const quoteContent = z.object({
  ...quoteDraft.shape,
  totals,
  number: z.int(),
  version: z.int(),
  from: z.object({ organisation: z.string(), name: z.string(), phone: z.nullable(z.string()) }),
  to: z.object({ company: z.string(), name: z.nullable(z.string()) }),
  /** ISO. */
  sentAt: z.string(),
  validUntil: z.string(),
})
export type QuoteContent = z.infer<typeof quoteContent>

export const quoteState = z.enum(['draft', 'sent', 'accepted', 'declined', 'withdrawn'])
export type QuoteState = z.infer<typeof quoteState>

/** One thing that keeps a draft from being sent, or should be known before. */
export const finding = z.object({
  /** price 低于价格政策 · margin 毛利 · credit 信用额度 · quota 区域配额 · risk 技术风险 · incomplete 没写完. */
  kind: z.enum(['price', 'margin', 'credit', 'quota', 'risk', 'incomplete']),
  /** stop: can't be sent so · approve: needs a yes · note: to be known. */
  weight: z.enum(['stop', 'approve', 'note']),
  lineId: z.nullable(z.string()),
  words: z.string(),
})
export type Finding = z.infer<typeof finding>

export const approvalView = z.object({
  id: z.string(),
  state: z.enum(['asked', 'approved', 'refused', 'withdrawn']),
  findings: z.array(finding),
  note: z.nullable(z.string()),
  askedBy: personBrief,
  askedAt: z.string(),
  decidedBy: z.nullable(personBrief),
  decidedAt: z.nullable(z.string()),
  answer: z.nullable(z.string()),
  instalments: z.nullable(instalments),
  /** Of the draft as it stands now. */
  isCurrent: z.boolean(),
})
export type ApprovalView = z.infer<typeof approvalView>

/** One device that read a version. */
export const visitView = z.object({
  number: z.int(),
  /** What its watermark says: a picture of a screen leads back to the device. */
  code: z.string(),
  who: z.nullable(z.string()),
  device: z.string(),
  openedAt: z.string(),
  lastAt: z.string(),
  opens: z.int(),
  seconds: z.int(),
  sections: z.record(z.string(), z.int()),
  stoppedAt: z.nullable(z.string()),
})
export type VisitView = z.infer<typeof visitView>

export const answerKind = z.enum(['accept', 'adjust', 'decline', 'ask'])
export type AnswerKind = z.infer<typeof answerKind>

/** What the customer said on the page, as their rep reads it. The phone is whole: it was left for the rep. */
export const answerView = z.object({
  id: z.string(),
  kind: answerKind,
  version: z.int(),
  at: z.string(),
  name: z.nullable(z.string()),
  phone: z.nullable(z.string()),
  words: z.nullable(z.string()),
  signed: z.boolean(),
  device: z.string(),
  ip: z.string(),
  wantsStamp: z.boolean(),
  stampedAt: z.nullable(z.string()),
  changeId: z.nullable(z.string()),
  reply: z.nullable(z.string()),
  repliedAt: z.nullable(z.string()),
  /** Files by id: the PDF of an acceptance, what came back with a seal. */
  files: z.array(z.object({ id: z.string(), kind: z.string(), type: z.string(), sha256: z.string() })),
})
export type AnswerView = z.infer<typeof answerView>

export const versionView = z.object({
  id: z.string(),
  version: z.int(),
  content: quoteContent,
  sentAt: z.string(),
  sentBy: personBrief,
  validUntil: z.string(),
  withdrawnAt: z.nullable(z.string()),
  givenAt: z.nullable(z.string()),
  openedAt: z.nullable(z.string()),
  /** Ten thousandths; null to whoever may not see it, and where a cost is unknown. */
  marginBp: z.nullable(z.int()),
  /** SHA-256 of the PDF; null until it is made. */
  pdf: z.nullable(z.object({ id: z.string(), sha256: z.string() })),
  visits: z.array(visitView),
})
export type VersionView = z.infer<typeof versionView>

export const quoteBrief = z.object({
  id: z.string(),
  number: z.int(),
  title: z.string(),
  state: quoteState,
  /** Its newest version; 0: none was sent. */
  version: z.int(),
  totalFen: z.nullable(z.int()),
  /** Something is being written, beside what was sent. */
  hasDraft: z.boolean(),
  at: z.string(),
  validUntil: z.nullable(z.string()),
  openedAt: z.nullable(z.string()),
  customer: z.object({ id: z.string(), name: z.string() }),
  owner: personBrief,
})
export type QuoteBrief = z.infer<typeof quoteBrief>

export const quoteView = z.object({
  ...quoteBrief.shape,
  contact: z.nullable(z.object({ id: z.string(), name: z.string() })),
  requirement: z.nullable(z.object({ id: z.string(), number: z.int(), title: z.string() })),
  draft: z.nullable(quoteDraft),
  draftRev: z.int(),
  versions: z.array(versionView),
  answers: z.array(answerView),
  approvals: z.array(approvalView),
  contract: z.nullable(z.object({ id: z.string(), number: z.int() })),
  /** Who looks, whether they may write it, and whether the open approval is theirs to decide. */
  me: z.string(),
  mayEdit: z.boolean(),
  mayDecide: z.boolean(),
})
export type QuoteView = z.infer<typeof quoteView>

/** A draft, looked over: what it comes to and what stands in its way. Nothing of it is kept. */
export const draftCheck = z.object({
  totals,
  /** Null to whoever may not see it, and where a cost is unknown. */
  marginBp: z.nullable(z.int()),
  /** Below it is red. Null to whoever may not see margins: by trying prices against it they would come to the cost. */
  leastMarginBp: z.nullable(z.int()),
  findings: z.array(finding),
  /** What the customer's price book says of each line's product; a line without one has none. */
  prices: z.record(z.string(), z.object({ price: z.string(), listPrice: z.nullable(z.string()), book: z.nullable(z.string()) })),
  instalmentProposals: z.array(instalments),
  /** Open technical risks that this draft has to acknowledge, by its `risks`. `about`: the customer or the product. */
  risks: z.array(z.object({ id: z.string(), words: z.string(), about: z.string() })),
})
export type DraftCheck = z.infer<typeof draftCheck>

const requestId = z.uuid()
const versionNumber = z.int().check(z.minimum(1))
/** 报价: `customerId` null: of a contact who has no company yet. */
export const createInput = z.object({
  requestId,
  customerId: z.nullable(z.uuid()),
  contactId: z.optional(z.nullable(z.uuid())),
  requirementId: z.optional(z.nullable(z.uuid())),
  fromQuoteId: z.optional(z.nullable(z.uuid())),
})
export const saveInput = z.object({ requestId, rev: z.int(), draft: quoteDraft })
export const checkInput = z.object({ draft: quoteDraft })
export const tapInput = z.object({ requestId })
export const approvalInput = z.object({ requestId, rev: z.int(), note: z.nullable(words(300)) })
export const decideInput = z.object({ requestId, note: z.nullable(words(300)), instalments: z.optional(z.nullable(instalments)) })
export const sendInput = z.object({ requestId, rev: z.int() })
export const givenInput = z.object({ requestId, version: versionNumber, how: z.enum(['chat', 'copy', 'qr', 'pdf']) })
export const renewInput = z.object({ requestId, version: versionNumber })
export const withdrawInput = z.object({ requestId, words: z.nullable(words(200)) })
export const replyInput = z.object({ requestId, words: said(500) })
export const versionsQuery = z.object({ from: z.coerce.number().check(z.int()), to: z.coerce.number().check(z.int()) })

export const quoteList = z.object({ quotes: z.array(quoteBrief), mayMake: z.boolean() })
export type QuoteList = z.infer<typeof quoteList>
/** What a customer is given: the card's title, words and picture, and where it leads. */
export const quoteLink = z.object({ url: z.string(), imageUrl: z.string(), title: z.string(), desc: z.string() })
export type QuoteLinkView = z.infer<typeof quoteLink>
/** One thing that two versions say differently, as a person reads it; null: it isn't there. */
export const difference = z.object({ label: z.string(), before: z.nullable(z.string()), after: z.nullable(z.string()) })
export type Difference = z.infer<typeof difference>
export const differences = z.object({ lines: z.array(difference), words: z.string() })
