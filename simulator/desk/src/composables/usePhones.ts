import { computed, type Ref, ref, watch } from 'vue'
import { enterApp } from '../standin/control.js'
import type { Person, StandinState } from '../standin/state.js'
import { appNames, arrivalsOf, firstSeats, type PhoneApp, phoneOf, phoneOwners, seatNewcomer } from '../words/phones.js'

export type Banner = { id: string; userid: string; name: string; text: string; app: PhoneApp }
type Inputs = {
  state: Readonly<Ref<StandinState | null>>
  rep: Readonly<Ref<Person | null>>
  /** How many phones fit. */
  seats: Readonly<Ref<number>>
}

const bannerMs = 4500
/** For so long after a touch a phone keeps its seat: its owner is looking at what the touch did. */
const touchMs = 20_000
/** For so long what comes is the answer to that touch, and needs no glow. */
const answerMs = 3000

/** The colleagues' phones: which are on show, which one is large, what is new on each, and the web page each has open. */
export function usePhones({ state, rep, seats }: Inputs) {
  const owners = computed(() => (state.value ? phoneOwners(state.value.people, rep.value) : []))
  const phones = computed(() => {
    const now = state.value
    return now ? owners.value.map((person) => phoneOf(now, person)) : []
  })
  const wanted = ref<string[]>([])
  const large = ref<string | null>(null)
  const fresh = ref(new Map<string, number>())
  const banners = ref<Banner[]>([])
  const pages = ref(new Map<string, string>())
  /** The room that is open on each phone; the app's conversation on the others. */
  const apps = ref(new Map<string, PhoneApp>())
  const unread = ref(new Map<string, Map<PhoneApp, number>>())
  const touchedAt = new Map<string, number>()
  const known = new Set<string>()
  let grownFor: string | null = null

  const seated = computed(() => {
    const present = new Set(owners.value.map((person) => person.userid))
    const kept = wanted.value.filter((userid) => present.has(userid))
    const rest = firstSeats(owners.value, owners.value.length).filter((userid) => !kept.includes(userid))
    return [...kept, ...rest].slice(0, seats.value)
  })
  const shown = computed(() => {
    const one = large.value
    return one && owners.value.some((person) => person.userid === one) ? [one] : seated.value
  })

  const sinceTouch = (userid: string) => Date.now() - (touchedAt.get(userid) ?? 0)
  const isBusy = (userid: string) =>
    pages.value.has(userid) ||
    fresh.value.has(userid) ||
    sinceTouch(userid) < touchMs ||
    (phones.value.find((phone) => phone.person.userid === userid)?.waiting ?? 0) > 0

  const appOf = (userid: string) => apps.value.get(userid) ?? 'chat'

  function announce(userid: string, id: string, text: string, app: PhoneApp) {
    const isOpen = appOf(userid) === app
    if (isOpen && shown.value.includes(userid) && !pages.value.has(userid) && sinceTouch(userid) < answerMs) return
    const name = owners.value.find((person) => person.userid === userid)?.name ?? ''
    fresh.value.set(userid, (fresh.value.get(userid) ?? 0) + 1)
    banners.value = [...banners.value.filter((banner) => banner.userid !== userid), { id, userid, name, text, app }].slice(-3)
    setTimeout(() => dropBanner(id), bannerMs)
    wanted.value = seatNewcomer(seated.value, userid, isBusy)
  }
  const dropBanner = (id: string) => {
    banners.value = banners.value.filter((banner) => banner.id !== id)
  }

  watch(state, (now, before) => {
    if (!now) return
    for (const person of now.people) {
      for (const { key, app, words, mine, loud } of arrivalsOf(phoneOf(now, person))) {
        const id = `${person.userid}:${key}`
        if (known.has(id)) continue
        known.add(id)
        if (!before || mine) continue
        if (app !== appOf(person.userid)) count(person.userid, app)
        const isOwner = owners.value.some((owner) => owner.userid === person.userid)
        if (isOwner && loud) announce(person.userid, id, app === 'chat' ? words : `${appNames[app]} · ${words}`, app)
      }
    }
  })

  function count(userid: string, app: PhoneApp) {
    const own = unread.value.get(userid) ?? new Map<PhoneApp, number>()
    unread.value.set(userid, own.set(app, (own.get(app) ?? 0) + 1))
  }
  function openApp(userid: string, app: PhoneApp) {
    apps.value.set(userid, app)
    unread.value.get(userid)?.delete(app)
    touch(userid)
    // Opening the app's conversation is what the platform tells the application of.
    if (app === 'chat') enterApp(userid).catch(() => {})
  }

  /** Somebody looks at this phone: nothing on it is new any more. */
  function touch(userid: string) {
    touchedAt.set(userid, Date.now())
    fresh.value.delete(userid)
    banners.value = banners.value.filter((banner) => banner.userid !== userid)
  }
  function choose(userid: string) {
    touch(userid)
    if (large.value === userid) return shrink()
    grownFor = null
    large.value = userid
    // The person opens the app's conversation; without an answer the phone still shows what it has.
    enterApp(userid).catch(() => {})
  }
  /** The large phone keeps a seat among the small ones. */
  function shrink() {
    const one = large.value
    large.value = null
    grownFor = null
    if (one && !seated.value.includes(one)) wanted.value = seatNewcomer(seated.value, one, (userid) => userid === seated.value[0])
  }
  /** A web page wants a whole screen: the phone is large while it is open, and small again after. */
  function openPage(userid: string, url: string) {
    pages.value.set(userid, url)
    if (large.value === userid) return
    large.value = userid
    grownFor = userid
  }
  function closePage(userid: string) {
    pages.value.delete(userid)
    if (grownFor === userid && large.value === userid) shrink()
  }

  return { phones, shown, large, fresh, banners, pages, apps, unread, openApp, touch, choose, dropBanner, openPage, closePage }
}
