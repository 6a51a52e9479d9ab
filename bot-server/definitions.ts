import { loadDir } from '../lib/load-dir.js'
import { normalize } from '../nlp/normalize.js'
import type { Action, Command, Event } from './define.js'

export type Definitions = { commands: Map<string, Command>; actions: Map<string, Action>; events: Map<string, Event> }

/** Everything people can ask, press, and platforms can tell. Refuses to start when two commands share an opening. */
export async function loadDefinitions(): Promise<Definitions> {
  const [commands, actions, events] = await Promise.all([
    loadDir<Command>(new URL('./commands/', import.meta.url), ['says', 'help', 'run']),
    loadDir<Action>(new URL('./actions/', import.meta.url), ['label', 'run']),
    loadDir<Event>(new URL('./events/', import.meta.url), ['run']),
  ])
  const openings = new Map<string, string>()
  for (const command of commands.values()) {
    for (const opening of command.says) {
      // As it is compared with what people type.
      const typed = normalize(opening)
      const other = openings.get(typed)
      if (other) throw new Error(`commands «${other}» and «${command.name}» both open with 「${opening}」`)
      openings.set(typed, command.name)
    }
  }
  return { commands, actions, events }
}
