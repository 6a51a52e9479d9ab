import { readFile } from 'node:fs/promises'
import { z } from 'zod'

/** The organisation that is played: the same file that seeds the product's demo data. */
const worldFile = z.object({
  organisation: z.object({ name: z.string(), corpId: z.string(), agentId: z.number(), app: z.string() }),
  people: z.array(
    z.object({
      userid: z.string(),
      name: z.string(),
      title: z.string().default(''),
      roles: z.array(z.string()).default([]),
      /** False: a member without an interface licence, whom messages don't reach. */
      licensed: z.boolean().default(true),
      /** True: reads in WeChat's plugin, which shows texts and no template cards. */
      plugin: z.boolean().default(false),
      mobile: z.string().nullable().default(null),
      mail: z.string().nullable().default(null),
    }),
  ),
  /** Internal groups with a message push (formerly group robot), which is whoever has its key. */
  groups: z.array(z.object({ name: z.string(), key: z.string(), members: z.array(z.string()) })).default([]),
  customers: z.array(
    z.object({
      externalUserId: z.string(),
      name: z.string(),
      company: z.string().default(''),
      avatar: z.string().optional(),
      rep: z.string(),
      chat: z.array(z.object({ from: z.enum(['customer', 'rep']), minutesAgo: z.number(), text: z.string() })).default([]),
    }),
  ),
})

export type World = z.infer<typeof worldFile>
export type Person = World['people'][number]
export type Customer = World['customers'][number]

export type Group = World['groups'][number]

export async function loadWorld(path: string): Promise<World> {
  return worldFile.parse(JSON.parse(await readFile(path, 'utf8')))
}

/** Userids are case-insensitive on the wire [D 90236]; host names arrive in lower case. */
export function findPerson(world: World, userid: string): Person | undefined {
  const wanted = userid.toLowerCase()
  return world.people.find((p) => p.userid.toLowerCase() === wanted)
}

export function findCustomer(world: World, externalUserId: string): Customer | undefined {
  return world.customers.find((c) => c.externalUserId === externalUserId)
}

export function findGroup(world: World, key: string): Group | undefined {
  return world.groups.find((g) => g.key === key)
}

export function ownerOfMail(world: World, address: string): Person | undefined {
  return world.people.find((p) => p.mail?.toLowerCase() === address.toLowerCase())
}
