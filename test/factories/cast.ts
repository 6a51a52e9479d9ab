import { readFileSync } from 'node:fs'
import { hearMessage } from '../../domain/message/hear-message.js'
import type { ChangeType, Finding, MessageSource, Slot } from '../../domain/message/message.contract.js'
import { type Actor, getActor } from '../../domain/person/actor.js'
import { captureChange } from '../../domain/requirement/capture-change.js'
import type { Db } from '../../lib/db.js'
import { newId } from '../../lib/ids.js'
import { type DemoWorld, seedDemo } from '../../prisma/seed/seed-demo.js'
import { inWork, NOW } from './work.js'

const world = JSON.parse(readFileSync(new URL('../../prisma/seed/demo.json', import.meta.url), 'utf8')) as DemoWorld
export const organisation = world.organisation.corpId

type Saying = { by?: string; speaker?: 'customer' | 'rep'; at?: Date; source?: MessageSource; finding?: Finding | null }
type Capturing = {
  by?: string
  types?: ChangeType[]
  slots?: Slot[]
  requirementId?: string | null
  messageIds?: string[]
  at?: Date
}

export type Cast = Awaited<ReturnType<typeof createCast>>

/** The people and customers of the demo organisation, and what they do in most stories. Called by their ids there. */
export async function createCast(db: Db, at = NOW) {
  await inWork(db, (work) => seedDemo(work, world), at)
  const identityOf = (kind: string, value: string) =>
    db.identity.findUniqueOrThrow({
      where: { platform_organisation_kind_value: { platform: 'wecom', organisation, kind, value } },
    })
  const personId = async (userid: string) => (await identityOf('member', userid)).personId as string
  const contactId = async (external: string) => (await identityOf('external', external)).contactId as string
  const actor = async (userid: string): Promise<Actor> => getActor(db, await personId(userid))
  const customer = async (external: string) =>
    db.customer.findFirstOrThrow({ where: { contacts: { some: { id: await contactId(external) } } } })
  const requirement = async (external: string) =>
    db.requirement.findFirstOrThrow({ where: { customerId: (await customer(external)).id }, orderBy: { number: 'asc' } })

  /** Words in the chat of a customer's person and a rep; the message's id. */
  async function says(external: string, text: string, saying: Saying = {}): Promise<string> {
    const { by = 'wanglei', speaker = 'customer', at: saidAt = at, source = 'archive', finding = null } = saying
    const chat = { contactId: await contactId(external), personId: await personId(by) }
    const said = { ...chat, source, sourceKey: newId(), speaker, text, saidAt, finding }
    return (await inWork(db, (work) => hearMessage(work, said), saidAt)) as string
  }

  /** 捕获需求变更, on the customer's first requirement unless told otherwise; the change's id. */
  async function captures(external: string, capturing: Capturing = {}): Promise<string> {
    const { by = 'wanglei', types = ['功能增减'], slots = [], at: when = at } = capturing
    const rep = await actor(by)
    const requirementId = capturing.requirementId === undefined ? (await requirement(external)).id : capturing.requirementId
    const messageIds = capturing.messageIds ?? [await says(external, '数量加到300套', { by, at: when })]
    const input = { contactId: await contactId(external), messageIds, types, slots, requirementId, note: null }
    return inWork(db, (work) => captureChange(work, rep, input), when)
  }

  const askOf = (changeId: string, purpose: 'confirm' | 'assess' = 'confirm') =>
    db.ask.findFirstOrThrow({
      where: { changeId, purpose },
      include: { card: { include: { copies: true } } },
      orderBy: { id: 'asc' },
    })

  return { db, personId, contactId, actor, customer, requirement, says, captures, askOf }
}

export const quantity = (after: string, before: string | null = null, item: string | null = null): Slot => ({
  field: 'quantity',
  item,
  before,
  after,
})
export const delivery = (after: string, before: string | null = null): Slot => ({ field: 'delivery', item: null, before, after })
