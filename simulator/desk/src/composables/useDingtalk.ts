import { computed, type Ref, ref, watch } from 'vue'
import { readDing } from '../standin/control.js'
import type { StandinState } from '../standin/state.js'
import { dingMembers, firstMember, linesOf, pageInDingtalk, roomsOf, thingsOf, unreadIn } from '../words/dingtalk.js'
import { here } from './useHosts.js'
import { useNotices } from './useNotices.js'

/** Whose DingTalk the desk shows, which room is open in it and which page stands beside it. The address keeps the first two. */
export function useDingtalk(state: Readonly<Ref<StandinState | null>>) {
  const { tell } = useNotices()
  const given = new URLSearchParams(location.search).get('dingtalk')
  const [member0 = '', room0 = ''] = given?.split('/') ?? []
  const isOpen = ref(given !== null)
  const visited = ref(isOpen.value)
  const wanted = ref(member0)
  const wantedRoom = ref(new Map(member0 && room0 ? [[member0, room0]] : []))
  const seen = ref(new Map<string, number>())
  const pages = ref(new Map<string, string>())

  const has = computed(() => Boolean(state.value?.dingtalk))
  const members = computed(() => (state.value ? dingMembers(state.value) : []))
  const member = computed(
    () => members.value.find(({ dingtalk }) => dingtalk.userid === wanted.value) ?? firstMember(members.value),
  )
  const rooms = computed(() => (state.value && member.value ? roomsOf(state.value, member.value) : []))
  const room = computed(() => {
    const key = member.value && wantedRoom.value.get(member.value.dingtalk.userid)
    return key === 'bench' ? null : (rooms.value.find((one) => one.key === key) ?? rooms.value[0] ?? null)
  })
  const lines = computed(() => {
    const kind = room.value?.kind
    if (!state.value || !member.value || (kind !== 'robot' && kind !== 'group')) return []
    return linesOf(state.value, member.value, kind === 'group' ? (room.value?.key ?? '') : null)
  })
  const things = computed(() => {
    const kind = room.value?.kind
    if (!state.value || !member.value || !kind || kind === 'robot' || kind === 'group') return []
    return thingsOf(state.value, member.value, kind)
  })
  const page = computed(() => (member.value ? (pages.value.get(member.value.dingtalk.userid) ?? null) : null))

  const seenKey = (userid: string, key: string) => `${userid}/${key}`
  /** By member, and by room of the one on show. */
  const unread = computed(() => {
    const now = state.value
    const all = new Map<string, number>()
    if (!now) return all
    for (const one of members.value) {
      const { userid } = one.dingtalk
      let sum = 0
      for (const each of roomsOf(now, one)) {
        const count = unreadIn(now, one, each, seen.value.get(seenKey(userid, each.key)) ?? 0)
        all.set(seenKey(userid, each.key), count)
        sum += count
      }
      all.set(userid, sum)
    }
    return all
  })
  const total = computed(() => members.value.reduce((sum, { dingtalk }) => sum + (unread.value.get(dingtalk.userid) ?? 0), 0))

  function show(open: boolean) {
    isOpen.value = open
    if (open) visited.value = true
  }
  const choose = (userid: string) => {
    wanted.value = userid
  }
  function enter(key: string) {
    if (member.value) wantedRoom.value.set(member.value.dingtalk.userid, key)
  }
  function open(url: string) {
    if (!member.value) return
    const { userid } = member.value.dingtalk
    const target = pageInDingtalk(url, userid, here)
    if (!target) tell('这张卡片的链接打不开', 'bad')
    else if (target.own) pages.value.set(userid, target.url)
    else window.open(target.url, '_blank', 'noopener')
  }
  function closePage(userid = member.value?.dingtalk.userid) {
    if (userid) pages.value.delete(userid)
  }

  // What the first look finds counts as read.
  watch(state, (now, before) => {
    if (!now || before) return
    for (const one of members.value)
      for (const { key, lastAt } of roomsOf(now, one)) seen.value.set(seenKey(one.dingtalk.userid, key), lastAt)
  })
  // What stands in the room that is open is read; the platform hears that of the robot's.
  watch(
    () => [isOpen.value, member.value?.dingtalk.userid, room.value?.key, room.value?.lastAt] as const,
    ([isShown, userid, key, lastAt]) => {
      if (!isShown || !userid || !key || lastAt === undefined) return
      if (key === 'robot' && (unread.value.get(seenKey(userid, key)) ?? 0) > 0) readDing(userid).catch(() => {})
      seen.value.set(seenKey(userid, key), lastAt)
    },
  )
  watch([isOpen, () => member.value?.dingtalk.userid, () => room.value?.key], ([isShown, userid, key]) => {
    const url = new URL(location.href)
    if (isShown && userid) url.searchParams.set('dingtalk', `${userid}/${key ?? 'bench'}`)
    else url.searchParams.delete('dingtalk')
    history.replaceState(null, '', url)
  })
  return {
    isOpen,
    visited,
    has,
    members,
    member,
    rooms,
    room,
    lines,
    things,
    page,
    unread,
    total,
    seenKey,
    show,
    choose,
    enter,
    open,
    closePage,
  }
}
