import { readFile } from 'node:fs/promises'
import { z } from 'zod'

/** The organisation that is played: the same file that seeds the product's demo data. */
const worldFile = z.object({
  organisation: z.object({
    name: z.string(),
    corpId: z.string(),
    agentId: z.number(),
    app: z.string(),
    /** The same people's organisation on DingTalk. */
    dingtalk: z
      .object({ corpId: z.string(), clientId: z.string(), agentId: z.number(), cardTemplateId: z.string() })
      .nullable()
      .default(null),
  }),
  people: z.array(
    z.object({
      userid: z.string(),
      name: z.string(),
      title: z.string().default(''),
      /** False: is not in WeCom at all. */
      wecom: z.boolean().default(true),
      /** The account on DingTalk. */
      dingtalk: z
        .object({ userid: z.string(), unionid: z.string(), mobile: z.string().nullable().default(null) })
        .nullable()
        .default(null),
      roles: z.array(z.string()).default([]),
      /** False: a member without an interface licence, whom messages don't reach. */
      licensed: z.boolean().default(true),
      /** True: reads in WeChat's plugin, which shows texts and no template cards. */
      plugin: z.boolean().default(false),
      mobile: z.string().nullable().default(null),
      mail: z.string().nullable().default(null),
      team: z.string().default(''),
      /** The member's direct superior, by userid. */
      manager: z.string().default(''),
      /** In 客户联系「使用范围」. */
      contact: z.boolean().default(true),
      /** Has a seat of 会话内容存档. */
      archive: z.boolean().default(true),
      /** What a usual working day of theirs looked like before the story began [D 92132]. Percent and minutes. */
      habit: z
        .object({
          chats: z.number(),
          messages: z.number(),
          reply: z.number(),
          minutes: z.number(),
          lost: z.number().default(0),
          applied: z.number().default(0),
          added: z.number().default(0),
        })
        .nullable()
        .default(null),
    }),
  ),
  teams: z.array(z.string()).default([]),
  /** Internal groups with a message push (formerly group robot), which is whoever has its key. */
  groups: z.array(z.object({ name: z.string(), key: z.string(), members: z.array(z.string()) })).default([]),
  /** Internal groups on DingTalk that our robot sits in. Members by their userid there. */
  dingtalkGroups: z.array(z.object({ id: z.string(), title: z.string(), members: z.array(z.string()) })).default([]),
  /** Teams of people who are on DingTalk only. */
  dingtalkTeams: z.array(z.string()).default([]),
  /** 外部联系人 of DingTalk; the follower by userid there. */
  dingtalkContacts: z
    .array(
      z.object({
        userid: z.string(),
        name: z.string(),
        mobile: z.string(),
        company: z.string().default(''),
        title: z.string().default(''),
        follower: z.string(),
        labels: z.array(z.string()).default([]),
        remark: z.string().default(''),
      }),
    )
    .default([]),
  /** Customers of its official CRM: companies, and single persons (`personal`). */
  dingtalkCustomers: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        owner: z.string(),
        personal: z.boolean().default(false),
        contact: z.string().default(''),
        mobile: z.string().default(''),
        address: z.string().default(''),
        labels: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  customers: z.array(
    z.object({
      externalUserId: z.string(),
      name: z.string(),
      company: z.string().default(''),
      avatar: z.string().optional(),
      rep: z.string(),
      type: z.union([z.literal(1), z.literal(2)]).default(1),
      unionid: z.string().nullable().default(null),
      mobiles: z.array(z.string()).default([]),
      /** Names of the organisation's tags. */
      tags: z.array(z.string()).default([]),
      state: z.string().default(''),
      addWay: z.number().default(1),
      daysAgo: z.number().default(30),
      chat: z.array(z.object({ from: z.enum(['customer', 'rep']), minutesAgo: z.number(), text: z.string() })).default([]),
    }),
  ),
  /** The organisation's tags for customers, by group. */
  tags: z.array(z.object({ group: z.string(), names: z.array(z.string()).min(1) })).default([]),
  /** Groups with customers. Guests are people whom no member has added. */
  customerGroups: z
    .array(
      z.object({
        chatId: z.string(),
        name: z.string(),
        owner: z.string(),
        members: z.array(z.string()),
        guests: z.array(z.object({ externalUserId: z.string(), name: z.string(), avatar: z.string().default('') })).default([]),
        daysAgo: z.number().default(20),
        chat: z.array(z.object({ from: z.string(), minutesAgo: z.number(), text: z.string() })).default([]),
      }),
    )
    .default([]),
})

export type World = z.infer<typeof worldFile>
export type Person = World['people'][number]
export type Customer = World['customers'][number]

export type Group = World['groups'][number]

/** Without DingTalk nobody is there who has nothing else. */
export async function loadWorld(path: string, withDingtalk: boolean): Promise<World> {
  const world = worldFile.parse(JSON.parse(await readFile(path, 'utf8')))
  if (withDingtalk) return world
  const people = world.people.filter((p) => p.wecom).map((p) => ({ ...p, dingtalk: null }))
  return { ...world, people, dingtalkGroups: [], dingtalkTeams: [], dingtalkContacts: [], dingtalkCustomers: [] }
}

type Index = Record<'byUserid' | 'byMail' | 'byMobile' | 'byDingtalk' | 'byUnionid', Map<string, Person>>
const indexes = new WeakMap<World, Index>()

/** A bench has thousands of people, and most calls name one. */
function indexOf(world: World): Index {
  const made = indexes.get(world)
  if (made) return made
  const by = (key: (person: Person) => string | null) =>
    new Map(world.people.map((person): [string, Person] => [key(person)?.toLowerCase() ?? '', person]))
  const index = {
    byUserid: by((p) => p.userid),
    byMail: by((p) => p.mail),
    byMobile: by((p) => p.mobile),
    byDingtalk: by((p) => p.dingtalk?.userid ?? null),
    byUnionid: by((p) => p.dingtalk?.unionid ?? null),
  }
  for (const map of Object.values(index)) map.delete('')
  indexes.set(world, index)
  return index
}

/** Userids are case-insensitive on the wire [D 90236]; host names arrive in lower case. */
export const findPerson = (world: World, userid: string): Person | undefined => indexOf(world).byUserid.get(userid.toLowerCase())

export const ownerOfMail = (world: World, address: string): Person | undefined => indexOf(world).byMail.get(address.toLowerCase())

export const ownerOfMobile = (world: World, mobile: string): Person | undefined => indexOf(world).byMobile.get(mobile)

/** By the userid on DingTalk. */
export const findDingtalk = (world: World, userid: string): Person | undefined =>
  indexOf(world).byDingtalk.get(userid.toLowerCase())

export const ownerOfUnionid = (world: World, unionid: string): Person | undefined =>
  indexOf(world).byUnionid.get(unionid.toLowerCase())

export function findGroup(world: World, key: string): Group | undefined {
  return world.groups.find((g) => g.key === key)
}
