import type { Deps } from '../deps.js'
import { nextMonday, quietUntil } from '../quiet.js'
import { hasConsent } from '../state/chats.js'
import { hasContacts, hasLeft, isInRange, isLicensed, usesPlugin } from '../state/members.js'
import { lineOf } from '../state/sms.js'
import { keydataOf } from '../state/workbench.js'
import { ownerOfMail, ownerOfMobile } from '../world.js'
import { describeFollow, describeGroup } from './contacts-state.js'
import { describeDingtalk } from './dingtalk-state.js'

/** The desk shows the newest; a long soak would make every doorbell heavy otherwise. */
const NEWEST = 300

const iso = (at: number) => new Date(at).toISOString()

/** `GET state`: all that the desk shows, as the platform's clients would. Times are ISO, business time. */
export function describeState(deps: Deps) {
  const { store, world, clock } = deps
  const { chats, messages, devices, callbacks, offsetMs, members, workbench, sms, contacts } = store.state
  /** A customer who removed the member is still in the member's list. */
  const follows = [...contacts.follows.values()].filter((follow) => follow.ended?.by !== 'rep')
  const now = new Date(clock.business())
  return {
    clock: {
      now: now.toISOString(),
      offsetMs,
      /** Null while reminders are said; else when they are again, by the product's own defaults. */
      quietUntil: quietUntil(now)?.toISOString() ?? null,
      nextMonday: nextMonday(now).toISOString(),
    },
    archive: {
      on: chats.archiveOn,
      records: chats.archive.length,
      consent: Object.fromEntries([...contacts.people.keys()].map((id) => [id, hasConsent(chats, id)])),
    },
    people: world.people.map((p) => ({
      userid: p.userid,
      name: p.name,
      title: p.title,
      roles: p.roles,
      wecom: p.wecom,
      dingtalk: p.dingtalk,
      open: devices.open.get(p.userid) ?? null,
      clipboard: devices.clipboards.get(p.userid) ?? '',
      mobile: p.mobile,
      mail: p.mail,
      left: hasLeft(members, p),
      inRange: isInRange(members, p),
      licensed: isLicensed(members, p),
      plugin: usesPlugin(members, p),
      contact: hasContacts(members, p),
      phone: p.mobile ? lineOf(sms, p.mobile).mode : null,
      /** The numbers on the workbench of their client. */
      workbench: keydataOf(workbench, p.userid),
    })),
    groups: world.groups.map(({ name, members: all }) => ({
      name,
      members: all,
      messages: store.state.groups
        .filter((m) => m.group === name)
        .slice(-NEWEST)
        .map(({ id, content, mentioned, at }) => ({ id, content, mentioned, at: iso(at) })),
    })),
    sms: [...sms.sent.values()].slice(-NEWEST).map((s) => ({
      id: s.id,
      mobile: s.mobile,
      userid: ownerOfMobile(world, s.mobile)?.userid ?? null,
      text: s.text,
      status: s.status,
      code: s.code,
      sentAt: iso(s.at),
      at: iso(s.receiptAt ?? s.at),
    })),
    mails: store.state.mails.slice(-NEWEST).map((m) => ({
      ...m,
      userid: ownerOfMail(world, m.to)?.userid ?? null,
      at: iso(m.at),
    })),
    customers: follows.map((follow) => describeFollow(contacts, follow)),
    chats: follows.map(({ userid, externalUserId }) => ({
      rep: userid,
      externalUserId,
      messages: (chats.chats.get(`${userid}|${externalUserId}`)?.messages ?? [])
        .slice(-NEWEST)
        .map((m) => ({ ...m, at: iso(m.at) })),
    })),
    customerGroups: [...store.state.customerGroups.values()].map((group) => describeGroup(deps, group)),
    /** Codes that bring customers, as the product made them. */
    contactWays: [...store.state.contactWays.values()].map(({ configId, state, remark, users }) => ({
      configId,
      state,
      remark,
      users,
    })),
    cards: messages.cards.slice(-NEWEST).map((c) => ({ ...c, sentAt: iso(c.sentAt) })),
    dingtalk: describeDingtalk(deps),
    texts: messages.texts.slice(-NEWEST).map((t) => ({ ...t, at: iso(t.at) })),
    callbacks: {
      open: [...callbacks.values()].filter((c) => c.outcome === 'open').length,
      undelivered: [...callbacks.values()].filter((c) => c.outcome === 'undelivered').length,
    },
  }
}
