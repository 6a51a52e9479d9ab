import { computed, type Ref, ref, watch } from 'vue'
import { type StandinState, toMs } from '../standin/state.js'
import { chatKey, conversationsOf } from '../words/conversations.js'

/** Whose WeCom client the desk shows and which chat is open in it. The address keeps both, so that a reload comes back. */
export function useConversations(state: Readonly<Ref<StandinState | null>>) {
  const [rep0 = '', customer0 = ''] = location.hash.slice(1).split('/')
  const wantedRep = ref(rep0)
  const wantedCustomer = ref(new Map(rep0 ? [[rep0, customer0]] : []))
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
    const wanted = rep.value && wantedCustomer.value.get(rep.value.userid)
    const found = conversations.value.find((each) => each.customer.externalUserId === wanted)
    return found ?? conversations.value.find((each) => each.customer.externalUserId === firstCustomer.value) ?? null
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
  function chooseCustomer(externalUserId: string) {
    if (rep.value) wantedCustomer.value.set(rep.value.userid, externalUserId)
  }

  // What the first look finds counts as read; later words are unread until their chat is open.
  watch(state, (now, before) => {
    if (!now || before) return
    for (const chat of now.chats) {
      const last = chat.messages.at(-1)
      if (last) readUntil.value.set(chatKey(chat.rep, chat.externalUserId), toMs(last.at))
    }
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
  return { reps, rep, conversations, chosen, unreadOf, chooseRep, chooseCustomer }
}
