import { Refused } from '../../lib/errors.js'
import type { Actor } from '../person/actor.js'
import { setRule } from '../rule/rule.js'
import type { Work } from '../work.js'
import type { Extension } from './call.contract.js'
import { EXTENSIONS, numberKey } from './find-people.js'
import { NOBODY } from './hear-phone-call.js'

/**
 * Who of ours sits where. Calls that waited for such a number are heard again; returns their lanes, to be rung after the
 * commit. `version`: what its author saw.
 */
export async function setExtensions(
  work: Work,
  actor: Actor,
  { extensions, version }: { extensions: Extension[]; version: number },
): Promise<string[]> {
  const keys = extensions.map(({ number }) => numberKey(number))
  const twice = keys.find((key, i) => keys.indexOf(key) !== i)
  if (twice) throw new Refused('number-twice', `${twice} 写了两次：一个号码只能对应一位同事`)
  const people = [...new Set(extensions.map(({ personId }) => personId))]
  if ((await work.tx.person.count({ where: { id: { in: people } } })) < people.length)
    throw new Refused('unknown-person', '有一位同事找不到了，刷新后再试')
  await setRule(work, { name: EXTENSIONS, value: extensions, by: actor.personId }, version)
  const waiting = keys.map((key) => `${NOBODY} ${key}:%`)
  const rows = await work.tx.$queryRaw<{ lane: string }[]>`
    UPDATE inbox SET state = 'open', attempts = 0, not_before = NULL, reason = NULL
    WHERE source = 'calls' AND state = 'parked' AND reason LIKE ANY(${waiting}) RETURNING lane`
  return [...new Set(rows.map(({ lane }) => lane))]
}
