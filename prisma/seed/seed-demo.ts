import { defaultCalm } from '../../domain/reminders/calm.contract.js'
import { CALM_RULE } from '../../domain/reminders/policy.js'
import { responders } from '../../domain/rule/responders.contract.js'
import { setRule } from '../../domain/rule/rule.js'
import type { Work } from '../../domain/work.js'
import type { Prisma } from '../../lib/db.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import { newId } from '../../lib/ids.js'
import type { Secrets } from '../../lib/secret.js'

export type DemoWorld = {
  organisation: { corpId: string; dingtalk?: { corpId: string } }
  teams: string[]
  /** Teams of people who are on DingTalk only. */
  dingtalkTeams?: string[]
  people: {
    userid: string
    name: string
    roles: string[]
    team: string
    manager?: string
    mobile?: string | null
    mail?: string | null
    /** False: on DingTalk only. */
    wecom?: boolean
    dingtalk?: { userid: string }
  }[]
  customers: {
    externalUserId: string
    name: string
    company: string
    productLine: string
    rep: string
    requirements: {
      title: string
      terms: { items: Prisma.InputJsonArray; deliveryInDays: number | null; budget: number | null; terms: string | null }
    }[]
  }[]
  responders: {
    productLine: string | null
    types: string[]
    purpose: string
    role: string
    person: string | null
    substitute: string | null
  }[]
}

const DAY_MS = 24 * 3_600_000

/**
 * People, customers and what was agreed with them. The chats come from the stand-in's archive, as they would in life. Who is on
 * DingTalk only comes when there is a `dingtalk`, its corp id.
 */
export async function seedDemo(work: Work, whole: DemoWorld, points?: Secrets, dingtalk?: string): Promise<boolean> {
  const { tx, now } = work
  if ((await tx.person.count()) > 0) return false
  const world = dingtalk
    ? { ...whole, teams: [...whole.teams, ...(whole.dingtalkTeams ?? [])] }
    : { ...whole, people: whole.people.filter((person) => person.wecom ?? true) }
  const organisation = world.organisation.corpId
  const teams = new Map(world.teams.map((name) => [name, newId()]))
  await tx.team.createMany({ data: [...teams].map(([name, id]) => ({ id, name })) })

  const people = new Map(world.people.map((person) => [person.userid, newId()]))
  const idOf = (userid: string | null | undefined) => (userid ? (people.get(userid) ?? null) : null)
  await tx.person.createMany({
    data: world.people.map((person) => ({
      id: people.get(person.userid) as string,
      name: person.name,
      roles: person.roles,
      teamId: teams.get(person.team) ?? null,
    })),
  })
  for (const person of world.people) {
    if (person.manager)
      await tx.person.update({ where: { id: people.get(person.userid) as string }, data: { managerId: idOf(person.manager) } })
  }
  await tx.identity.createMany({
    data: world.people.flatMap((person) => {
      const accounts = [
        ...((person.wecom ?? true) ? [{ platform: 'wecom', organisation, value: person.userid }] : []),
        ...(dingtalk && person.dingtalk ? [{ platform: 'dingtalk', organisation: dingtalk, value: person.dingtalk.userid }] : []),
      ]
      return accounts.map((account) => ({ id: newId(), kind: 'member', personId: idOf(person.userid), ...account }))
    }),
  })

  if (points)
    await tx.contactPoint.createMany({
      data: world.people.flatMap(({ userid, mobile, mail }) =>
        Object.entries({ sms: mobile, mail }).flatMap(([channel, value]) => {
          if (!value) return []
          const sealed = { sealed: points.seal(value), hash: points.hash(value) }
          return [
            {
              id: newId(),
              personId: idOf(userid) as string,
              channel,
              ...sealed,
              source: 'platform',
              provedAt: now,
              createdAt: now,
            },
          ]
        }),
      ),
    })

  for (const customer of world.customers) {
    const [customerId, contactId, ownerId] = [newId(), newId(), idOf(customer.rep) as string]
    await tx.customer.create({
      data: { id: customerId, name: customer.company, productLine: customer.productLine, ownerId, createdAt: now },
    })
    await tx.contact.create({ data: { id: contactId, name: customer.name, customerId, createdAt: now } })
    await tx.identity.create({
      data: { id: newId(), platform: 'wecom', organisation, kind: 'external', value: customer.externalUserId, contactId },
    })
    await tx.follow.create({ data: { contactId, personId: ownerId, since: now, confirmedAt: now } })
    for (const { title, terms } of customer.requirements) {
      const { deliveryInDays, ...rest } = terms
      const delivery = deliveryInDays === null ? null : shanghaiDay(new Date(now.getTime() + deliveryInDays * DAY_MS))
      await tx.requirement.create({ data: { id: newId(), customerId, title, terms: { ...rest, delivery }, createdAt: now } })
    }
  }
  const value = responders.parse(
    world.responders.map((row) => ({ ...row, person: idOf(row.person), substitute: idOf(row.substitute) })),
  )
  await setRule(work, { name: 'responders', value, by: 'system' })
  // It has used the product for long: managers are told.
  await setRule(work, { name: CALM_RULE, value: { ...defaultCalm, trialDays: 0 }, by: 'system' })
  return true
}
