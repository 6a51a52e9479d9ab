import { computed, type Ref, ref, watch } from 'vue'
import { enterApp } from '../standin/control.js'
import type { Person, StandinState } from '../standin/state.js'
import { firstSeats, phoneOf, phoneOwners, seatNewcomer, summaryOf } from '../words/phones.js'

export type Banner = { id: string; userid: string; name: string; text: string }
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

  function announce(userid: string, id: string, text: string) {
    if (shown.value.includes(userid) && !pages.value.has(userid) && sinceTouch(userid) < answerMs) return
    const name = owners.value.find((person) => person.userid === userid)?.name ?? ''
    fresh.value.set(userid, (fresh.value.get(userid) ?? 0) + 1)
    banners.value = [...banners.value.filter((banner) => banner.userid !== userid), { id, userid, name, text }].slice(-3)
    setTimeout(() => dropBanner(id), bannerMs)
    wanted.value = seatNewcomer(seated.value, userid, isBusy)
  }
  const dropBanner = (id: string) => {
    banners.value = banners.value.filter((banner) => banner.id !== id)
  }

  watch(state, (now, before) => {
    if (!now) return
    for (const person of now.people) {
      for (const item of phoneOf(now, person).items) {
        const id = `${person.userid}:${item.key}`
        if (known.has(id)) continue
        known.add(id)
        const mine = item.text?.from === 'member'
        if (before && !mine && owners.value.some((owner) => owner.userid === person.userid)) {
          announce(person.userid, id, summaryOf(item))
        }
      }
    }
  })

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

  return { phones, shown, large, fresh, banners, pages, touch, choose, dropBanner, openPage, closePage }
}
