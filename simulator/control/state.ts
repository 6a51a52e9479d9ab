import type { Deps } from '../deps.js'
import { hasConsent } from '../state/chats.js'

/** The desk shows the newest; a long soak would make every doorbell heavy otherwise. */
const NEWEST = 300

/** `GET state`: all that the desk shows, as the platform's clients would. Times are ISO, business time. */
export function describeState({ store, world, clock }: Deps) {
  const { chats, messages, devices, callbacks, offsetMs } = store.state
  const iso = (at: number) => new Date(at).toISOString()
  return {
    clock: { now: iso(clock.business()), offsetMs },
    archive: {
      on: chats.archiveOn,
      records: chats.archive.length,
      consent: Object.fromEntries(world.customers.map((c) => [c.externalUserId, hasConsent(chats, c.externalUserId)])),
    },
    people: world.people.map((p) => ({
      userid: p.userid,
      name: p.name,
      title: p.title,
      roles: p.roles,
      open: devices.open.get(p.userid) ?? null,
      clipboard: devices.clipboards.get(p.userid) ?? '',
    })),
    customers: world.customers.map(({ externalUserId, name, company, avatar, rep }) => ({
      externalUserId,
      name,
      company,
      ...(avatar ? { avatar } : {}),
      rep,
    })),
    chats: world.customers.map(({ externalUserId, rep }) => ({
      rep,
      externalUserId,
      messages: (chats.chats.get(`${rep}|${externalUserId}`)?.messages ?? [])
        .slice(-NEWEST)
        .map((m) => ({ ...m, at: iso(m.at) })),
    })),
    cards: messages.cards.slice(-NEWEST).map((c) => ({ ...c, sentAt: iso(c.sentAt) })),
    texts: messages.texts.slice(-NEWEST).map((t) => ({ ...t, at: iso(t.at) })),
    callbacks: {
      open: [...callbacks.values()].filter((c) => c.outcome === 'open').length,
      undelivered: [...callbacks.values()].filter((c) => c.outcome === 'undelivered').length,
    },
  }
}
