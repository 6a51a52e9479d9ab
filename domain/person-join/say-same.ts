import { Refused } from '../../lib/errors.js'
import { record } from '../audit/record.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { joinPersons } from './join-persons.js'
import { findAlike } from './list-joins.js'
import { sayApart } from './say-apart.js'

type Pair = { a: string; b: string }

/** 是同一个人, of two that were offered: the one met first stays. Returns the joining. */
export async function saySame(work: Work, actor: Actor, pair: Pair): Promise<{ joinId: string }> {
  const [winnerId, loserId] = await assertOffered(work, pair)
  return { joinId: await joinPersons(work, { winnerId, loserId, byId: actor.personId, why: 'person' }) }
}

/** 不是同一个人, of two that were offered. */
export async function sayTwo(work: Work, actor: Actor, pair: Pair): Promise<void> {
  const [a, b] = await assertOffered(work, pair)
  await sayApart(work, actor.personId, { a, b })
  await record(work, { actor: actor.personId, verb: 'person-apart', subject: `person:${a}`, content: { a, b } })
}

async function assertOffered(work: Work, { a, b }: Pair): Promise<[string, string]> {
  const [one = a, other = b] = [a, b].sort()
  const alike = await findAlike(work.tx)
  if (!alike.some((pair) => pair.a === one && pair.b === other))
    throw new Refused('not-offered', '这两位已经处理过了，刷新看看', 409)
  return [one, other]
}
