import type { GroupView } from '../../../../domain/group/group.contract.js'

const SHOWN = 3

/** 「刘主任、周工等 5 位客户 · 我们 2 位」: who sits there, at a glance. */
export function membersWords(members: GroupView['members']): string {
  const outside = members.filter(({ ours }) => !ours).map(({ name }) => name)
  const ours = members.length - outside.length
  const names = outside.slice(0, SHOWN).join('、')
  const theirs = outside.length > SHOWN ? `${names}等 ${outside.length} 位客户` : names
  return [theirs, ours ? `我们 ${ours} 位` : ''].filter(Boolean).join(' · ')
}
