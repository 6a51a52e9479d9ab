import { computed, type Ref, ref, watch } from 'vue'
import type { StandinState } from '../standin/state.js'
import { conversationsOf } from '../words/conversations.js'

/** Whose WeCom client the desk shows and which chat is open in it. The address keeps both, so that a reload comes back. */
export function useConversations(state: Readonly<Ref<StandinState | null>>) {
  const [rep0 = '', chat0 = ''] = location.hash.slice(1).split('/')
  const wantedRep = ref(rep0)
  const wantedChat = ref(new Map(rep0 ? [[rep0, chat0]] : []))
  const readUntil = ref(new Map<string, number>())

  const reps = computed(() => {
    const having = new Set(state.value?.customers.map((customer) => customer.rep))
    return state.value?.people.filter((person) => having.has(person.userid)) ?? []
  })
  const rep = computed(() => reps.value.find((person) => person.userid === wantedRep.value) ?? reps.value[0] ?? null)
  const conversations = computed(() =>
    state.value && rep.value ? conversationsOf(state.value, rep.value.userid, readUntil.value) : [],
  )
  const chosen = computed(() => {
    const wanted = rep.value && wantedChat.value.get(rep.value.userid)
    const found = conversations.value.find((each) => each.id === wanted)
    return found ?? conversations.value.find((each) => each.id === firstCustomer.value) ?? null
  })
  /** The customer the demo data names first: the one its story is about. */
  const firstCustomer = computed(
    () => state.value?.customers.find((customer) => customer.rep === rep.value?.userid)?.externalUserId,
  )
  const unreadOf = (userid: string) =>
    state.value ? conversationsOf(state.value, userid, readUntil.value).reduce((sum, each) => sum + each.unread, 0) : 0

  function chooseRep(userid: string) {
    wantedRep.value = userid
  }
  /** A customer or a group, of the rep on show unless told. */
  function chooseChat(id: string, userid = rep.value?.userid) {
    if (!userid) return
    wantedRep.value = userid
    wantedChat.value.set(userid, id)
  }

  // What the first look finds counts as read; later words are unread until their chat is open.
  watch(state, (now, before) => {
    if (!now || before) return
    for (const { userid } of now.people)
      for (const { key, lastAt } of conversationsOf(now, userid, readUntil.value)) readUntil.value.set(key, lastAt)
  })
  watch(chosen, (open) => {
    if (open?.unread) readUntil.value.set(open.key, open.lastAt)
  })
  watch(
    () => chosen.value?.key,
    (key) => {
      if (key) history.replaceState(null, '', `#${key}`)
    },
  )
  return { reps, rep, conversations, chosen, unreadOf, chooseRep, chooseChat }
}
