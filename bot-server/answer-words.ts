import { dropOffer, findOffer, keepOffer, type Option } from '../domain/bot/offer.js'
import { type CustomerNames, listNames } from '../domain/customer/list-names.js'
import { shanghaiDay } from '../lib/format/dates.js'
import { type Arguments, readCommand } from '../nlp/command.js'
import type { Asked, Command, PersonCtx } from './define.js'
import { answerForward, offerForward } from './forward.js'
import { namesFor } from './names.js'
import { readForward } from './read-forward.js'
import { readNumber } from './read-number.js'

/** More than these are no choice but a list. */
const MOST_OFFERED = 5

type Commands = Map<string, Command>
type Said = {
  commands: Commands
  all: CustomerNames[]
  args: Arguments
  how: 'opening' | 'model'
  /** What was said before the customer was asked back. */
  before?: string | undefined
}

/**
 * What a colleague says to the bot. Exact openings first, then the model; a name is looked for among the customers that
 * this person may see. What is in doubt is asked back, and the number that comes back is what was offered.
 */
export async function answerWords(commands: Commands, ctx: PersonCtx, words: string): Promise<void> {
  const { work, actor } = ctx
  const number = readNumber(words)
  if (number !== null) return answerNumber(commands, ctx, number)

  const { all, customers, people } = await namesFor(work.tx, actor)
  const openings = [...commands.values()].map(({ name, says, about }) => ({ name, says, takesName: about === 'customer' }))
  const understood = readCommand(words, { openings, customers, people, today: shanghaiDay(work.now) })
  const asked = await findOffer(work, actor.personId)
  await dropOffer(work, actor.personId)

  if (asked !== null && asked !== 'stale' && asked.kind === 'customer') {
    const command = commands.get(asked.command)
    const args = bareName(understood, words)
    if (command && args) return run(command, ctx, { commands, all, args, how: 'opening', before: asked.rest })
  }
  if (asked !== null && asked !== 'stale' && asked.kind === 'forward') {
    const [only, ...others] = findNamed({ commands, all, args: bareName(understood, words) ?? NOTHING, how: 'opening' })
    if (only && others.length === 0) return answerForward(ctx, asked, { customerId: only.id })
  }
  const isOpening = understood.kind === 'command' && understood.how === 'opening'
  const passedOn = isOpening ? null : readForward(words, work.now)
  if (passedOn) {
    const found = customers.find(passedOn.words)
    const named = found.flatMap((match) => match.ids)
    // 「给华强做份报价」 is what one of ours wants done, not what a customer said.
    const isOurs = found.some((match) => /[给帮替跟和问催]$/.test(passedOn.words.slice(0, match.from)))
    if ((passedOn.told || !isOurs) && (await offerForward(ctx, { words: passedOn.words, named }))) return
  }
  if (understood.kind === 'command') {
    const command = commands.get(understood.name)
    if (command) return run(command, ctx, { commands, all, args: understood.args, how: understood.how })
  }
  if (understood.kind === 'choice') return offerTwo(commands, ctx, all, understood)
  await ctx.sayOpenly('这句我还没学会。发「帮助」看看我能做什么。')
}

const NOTHING: Arguments = { customers: [], people: [], date: null, time: null, amount: null, rest: '' }

type Understood = ReturnType<typeof readCommand>

/** Asked which customer, people answer with the name and nothing else; an opening is another matter. */
function bareName(understood: Understood, words: string): Arguments | null {
  if (understood.kind === 'command' && understood.how === 'opening') return null
  if (understood.kind !== 'unknown')
    return understood.args.customers.length > 0 && understood.args.rest === '' ? understood.args : null
  return words.length <= 20 ? { customers: [], people: [], date: null, time: null, amount: null, rest: words } : null
}

async function answerNumber(commands: Commands, ctx: PersonCtx, number: number): Promise<void> {
  const asked = await findOffer(ctx.work, ctx.actor.personId)
  if (asked === 'stale') return ctx.say('刚才的选项过了十分钟，我不敢乱认了。再说一遍你要什么吧。')
  if (asked?.kind === 'forward') return answerForward(ctx, asked, { contactId: asked.contactIds[number - 1] })
  if (asked?.kind !== 'choice') return ctx.say('这会儿没有要你选的。发「帮助」看看我能做什么。')
  const option = asked.options[number - 1]
  const command = option && commands.get(option.command)
  if (!command) return ctx.say(`没有第 ${number} 个，回复 1 到 ${asked.options.length}。`)
  // It stays on offer: who has looked at the first may want the second as well.
  if (command.about !== 'customer') return command.run(ctx, option.rest)
  if (option.customerIds.length === 0) return runForNobody(command, ctx, option.rest)
  const found = (await listNames(ctx.work.tx, ctx.actor)).filter((one) => option.customerIds.includes(one.id))
  const [only, ...others] = found
  if (!only) return ctx.say('没找到这家客户，可能已经不归你跟进了。')
  return others.length === 0
    ? command.run(ctx, only, option.rest)
    : offerCustomers(command, ctx, { words: null, found, rest: option.rest })
}

type AboutCustomer = Extract<Command, { about: 'customer' }>

async function run(command: Command, ctx: PersonCtx, said: Said): Promise<void> {
  if (command.about !== 'customer') return command.run(ctx, said.args.rest)
  const { name, rest } = command.takesRest ? firstWord(said.args) : { name: said.args.rest, rest: '' }
  const found = findNamed({ ...said, args: { ...said.args, rest: name } })
  const [only, ...others] = found
  const goods = said.before ?? (command.takesRest && said.args.customers.length > 0 ? said.args.rest : rest)
  if (only && others.length === 0) return command.run(ctx, only, goods)
  if (only) return offerCustomers(command, ctx, { words: wordsFor(said), found, rest: goods })
  // 「报价 M8螺丝 200箱」 names no customer at all.
  const isNobody = command.takesRest && /\d/.test(name)
  if (said.how === 'model' || name === '' || isNobody) return runForNobody(command, ctx, said.before ?? said.args.rest)
  await ctx.say(`没找到「${name}」。名字再核对一下；不归你跟进的客户查不到。`)
}

function firstWord({ rest }: Arguments): { name: string; rest: string } {
  const [name = '', ...others] = rest.split(/[\s,，、]+/)
  return { name, rest: others.join(' ') }
}

/** The customers that the catalogue found; failing that, those whose name holds what stands behind an opening. */
function findNamed({ all, args, how }: Said): CustomerNames[] {
  const ids = new Set(args.customers.flatMap((match) => match.ids))
  if (ids.size > 0) return all.filter((one) => ids.has(one.id))
  if (how === 'model' || args.rest === '') return []
  return all.filter((one) => [one.name, ...one.nicknames].some((name) => name.includes(args.rest)))
}

async function runForNobody(command: AboutCustomer, ctx: PersonCtx, rest: string): Promise<void> {
  if (command.runForAll) return command.runForAll(ctx)
  await keepOffer(ctx.work, ctx.actor.personId, { kind: 'customer', command: command.name, rest })
  await ctx.say('哪家客户？把名字发给我就行。不归你跟进的客户查不到。')
}

/** What several are called alike by; null where several were named. */
const wordsFor = ({ args }: Said): string | null => (args.customers.length > 1 ? null : (args.customers[0]?.words ?? args.rest))

type Several = { words: string | null; found: CustomerNames[]; rest: string }

async function offerCustomers(command: Command, ctx: PersonCtx, { words, found, rest }: Several): Promise<void> {
  const shown = found.slice(0, MOST_OFFERED)
  const options = shown.map((one): Option => ({ command: command.name, customerIds: [one.id], rest }))
  await keepOffer(ctx.work, ctx.actor.personId, { kind: 'choice', options })
  await ctx.say(
    [
      `${words ? `「${words}」` : '你说的'}有 ${found.length} 家，是哪一家？`,
      ...shown.map((one, i) => `${i + 1}. ${one.name}${whoIs(one)}`),
      ...(found.length > shown.length ? [`还有 ${found.length - shown.length} 家没列出来，名字说全一点就能找到。`] : []),
      `回复 1 到 ${shown.length}。`,
    ].join('\n'),
  )
}

const whoIs = ({ nicknames, owner }: CustomerNames) => `（${[...nicknames.slice(0, 2), `${owner}跟进`].join('，')}）`

type Choice = Extract<Understood, { kind: 'choice' }>

async function offerTwo(commands: Commands, ctx: PersonCtx, all: CustomerNames[], { names, args }: Choice): Promise<void> {
  const customers = findNamed({ commands, all, args, how: 'model' })
  const customer: Asked | null = customers.length === 1 ? (customers[0] ?? null) : null
  const customerIds = customers.map((one) => one.id)
  const options = names.map((name): Option => ({ command: name, customerIds, rest: args.rest }))
  await keepOffer(ctx.work, ctx.actor.personId, { kind: 'choice', options })
  const [first = '', second = ''] = names.map((name) => {
    const command = commands.get(name)
    return `${command?.help ?? name}${customer && command?.about === 'customer' ? `（${customer.name}）` : ''}`
  })
  await ctx.say(`你是想${first}，还是${second}？回复 1 或 2。`)
}
