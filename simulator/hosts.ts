import type { Settings } from './settings.js'
import { findDingtalk, findPerson, type Person, type World } from './world.js'

/** Whose door a request knocked at. Everything shares one port; the Host header tells. */
export type Place =
  | { kind: 'platform' }
  | { kind: 'desk' }
  | { kind: 'login' }
  | { kind: 'client'; person: Person }
  /** A member's DingTalk client: `<userid>.ding.<parent>`. */
  | { kind: 'dingtalk-client'; person: Person }
  | { kind: 'browser' }
  | { kind: 'nowhere' }

export function placeOf(settings: Settings, world: World, host: string | undefined): Place {
  const name = (host ?? '').replace(/:\d+$/, '').toLowerCase()
  if (['127.0.0.1', 'localhost', '[::1]'].includes(name)) return { kind: 'platform' }
  const parent = settings.publicUrl.hostname
  if (name === settings.oauthBase.hostname) return { kind: 'login' }
  if (name === `desk.${parent}`) return { kind: 'desk' }
  if (name === parent) return { kind: 'browser' }
  if (name.endsWith(`.ding.${parent}`)) {
    const person = findDingtalk(world, name.slice(0, -`.ding.${parent}`.length))
    return person ? { kind: 'dingtalk-client', person } : { kind: 'nowhere' }
  }
  const person = name.endsWith(`.${parent}`) ? findPerson(world, name.slice(0, -parent.length - 1)) : undefined
  return person ? { kind: 'client', person } : { kind: 'nowhere' }
}
