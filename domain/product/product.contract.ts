import * as z from 'zod/mini'
import { bp, param, price, qty } from '../quote/quote.contract.js'

export const MOST_PARAMS = 30
export const MOST_PICTURES = 8
export const MOST_NICKNAMES = 12

const said = (most: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(most))

/** What is known to go wrong with a product or at a customer, open until somebody says that it is mended. */
export const riskView = z.object({
  id: z.string(),
  words: z.string(),
  /** Null: of the customer, whatever is sold to them. */
  product: z.nullable(z.object({ id: z.string(), name: z.string() })),
  customer: z.nullable(z.object({ id: z.string(), name: z.string() })),
  openedBy: z.string(),
  openedAt: z.string(),
})
export type RiskView = z.infer<typeof riskView>
export const riskList = z.object({ risks: z.array(riskView), mayJudge: z.boolean() })
export type RiskList = z.infer<typeof riskList>

/** A product as a list shows it and as a quote's line takes it over. No cost. */
export const productBrief = z.object({
  id: z.string(),
  code: z.nullable(z.string()),
  name: z.string(),
  spec: z.nullable(z.string()),
  unit: z.string(),
  line: z.nullable(z.string()),
  /** 标价, 元 a unit, as a decimal string; null: by agreement. */
  price: z.nullable(z.string()),
  taxBp: z.int(),
  stock: z.nullable(z.string()),
  stockAt: z.nullable(z.string()),
  params: z.array(param),
  /** `/api/products/pictures/:id?size=small`; the first one. */
  pictureId: z.nullable(z.string()),
  /** Open risks of the product. */
  risks: z.int(),
  stopped: z.boolean(),
})
export type ProductBrief = z.infer<typeof productBrief>

export const productPicture = z.object({ id: z.string(), width: z.int(), height: z.int() })
export type ProductPicture = z.infer<typeof productPicture>

export const productView = z.object({
  ...productBrief.shape,
  nicknames: z.array(z.string()),
  /** Null to whoever may not see it, too. */
  cost: z.nullable(z.string()),
  pictures: z.array(productPicture),
  openRisks: z.array(riskView),
  updatedAt: z.string(),
  /** An edit says which one it saw. */
  version: z.int(),
  mayEdit: z.boolean(),
  /** May open and close risks. */
  mayJudge: z.boolean(),
})
export type ProductView = z.infer<typeof productView>

export const productList = z.object({
  products: z.array(productBrief),
  /** `from` of the next page; null: that was all. */
  next: z.nullable(z.int()),
  /** Product lines that there are. */
  lines: z.array(z.string()),
  mayEdit: z.boolean(),
})
export type ProductList = z.infer<typeof productList>
export const productHits = z.object({ products: z.array(productBrief) })
export type ProductHits = z.infer<typeof productHits>

/** 参数库: names of parameters that products of a line have, with the values that stand there, the most frequent first. */
export const paramLibrary = z.object({ params: z.array(z.object({ name: z.string(), values: z.array(z.string()) })) })
export type ParamLibrary = z.infer<typeof paramLibrary>

/** More than nothing: what is given away is a gift of a quote. */
const paid = price.check(z.refine((text) => /[1-9]/.test(text)))

/** What somebody writes of a product. The same for a new one and for an edit. */
export const productInput = z.object({
  code: z.nullable(said(60)),
  name: said(80),
  spec: z.nullable(said(120)),
  unit: said(10),
  line: z.nullable(said(30)),
  nicknames: z.array(said(20)).check(z.maxLength(MOST_NICKNAMES)),
  price: z.nullable(paid),
  cost: z.nullable(price),
  taxBp: bp,
  stock: z.nullable(qty),
  params: z.array(param).check(z.maxLength(MOST_PARAMS)),
})
export type ProductInput = z.infer<typeof productInput>

export const createInput = z.object({ requestId: z.uuid(), ...productInput.shape })
export const editInput = z.object({ requestId: z.uuid(), version: z.int(), ...productInput.shape })
export const stopInput = z.object({ requestId: z.uuid(), version: z.int(), stopped: z.boolean() })
/** The body is the picture and, behind it, its small version: the last `small` bytes. */
export const pictureQuery = z.object({ requestId: z.uuid(), small: z.coerce.number().check(z.int(), z.minimum(1)) })
/** The pictures that stay, in their order. */
export const picturesInput = z.object({ requestId: z.uuid(), pictureIds: z.array(z.uuid()).check(z.maxLength(MOST_PICTURES)) })
/** Of a product or of a customer, or of a product at one customer. */
export const riskInput = z.object({
  requestId: z.uuid(),
  productId: z.nullable(z.uuid()),
  customerId: z.nullable(z.uuid()),
  words: said(300),
})
export const closeRiskInput = z.object({ requestId: z.uuid(), words: said(300) })
