import { type ChannelName, channelLabel } from '../ladder.contract.js'
import type { ReminderKind } from '../reminder-kind.js'
import { audiencesOf } from './ladder-words.js'
import type { ChannelState, LadderDraft, LevelDraft, Problem } from './settings.contract.js'

/** What a phone shows of a card's two lines: https://developer.work.weixin.qq.com/document/path/94888, with the room that clients really give. */
const PHONE = { title: 36, desc: 44 }
const MOST_MINUTES = 90 * 24 * 60

/** What there is to reach people with: why a channel is off, and how many people have an address on it. */
export type World = {
  channels: ChannelState[]
  points: Record<'sms' | 'mail', number>
  /** How many people an audience has, where that is known without a reminder. */
  people: Record<string, number>
}
type Kind = Pick<ReminderKind, 'audiences' | 'placeholders' | 'sample' | 'levels'>

/** Whether the kind has a moment that levels can count back from: its own levels do. */
export const hasMoment = ({ levels }: Pick<ReminderKind, 'levels'>) => levels.some(({ wait }) => wait.from === 'target')

/** Everything to mend or to know about a draft, beside the field that it is about. */
export function checkLadder(kind: Kind, { levels }: LadderDraft, world: World): Problem[] {
  const problems = levels.flatMap((level, i) => checkLevel(kind, level, { i, world }))
  if (levels.length === 0) return [stop('levels', '至少要有一级')]
  if (levels.length > 6) problems.push(stop('levels', '最多六级'))
  if (levels.every((level) => !level.on)) problems.push(warn('levels', '每一级都关着，这件事谁都不会被提醒'))
  return problems
}

type Where = { i: number; world: World }

function checkLevel(kind: Kind, level: LevelDraft, where: Where): Problem[] {
  const at = (field: string) => `levels.${where.i}.${field}`
  const found = [
    ...checkWait(level.wait, at('wait'), { first: where.i === 0, moment: hasMoment(kind) }),
    ...checkPeople(kind, level.to, { at: at('to'), world: where.world }),
    ...checkRoute(level.route, at('route'), where.world),
    ...checkText(kind, level.title.trim(), { at: at('title'), most: 40, phone: PHONE.title, needed: true }),
    ...checkText(kind, level.desc.trim(), { at: at('desc'), most: 80, phone: PHONE.desc, needed: false }),
  ]
  // Of a level that is off only what can't be kept at all is worth a word.
  return level.on ? found : found.filter(({ stops }) => stops)
}

function checkWait(wait: LevelDraft['wait'], at: string, { first, moment }: { first: boolean; moment: boolean }): Problem[] {
  switch (wait.from) {
    case 'morning':
      return []
    case 'last':
    case 'start':
      if (wait.minutes === null || !Number.isInteger(wait.minutes) || wait.minutes < 0) return [stop(at, '写一个整数')]
      if (wait.minutes > MOST_MINUTES) return [stop(at, '最长 90 天')]
      if (wait.minutes === 0 && !first && wait.from === 'last')
        return [warn(at, '和上一级同时到，只会发这一级；想一起告诉，在同一级里多选几个人')]
      return []
    case 'target':
      if (!moment) return [stop(at, '这件事没有约定的时间，不能提前几天')]
      if (wait.days === null || !Number.isInteger(wait.days) || Math.abs(wait.days) > 365)
        return [stop(at, '写一个一年以内的整数')]
      if (wait.at !== null && !/^([01]\d|2[0-3]):[0-5]\d$/.test(wait.at)) return [stop(at, '时间写成 09:30 这样')]
      return []
  }
}

function checkPeople(kind: Kind, to: string[], { at, world }: { at: string; world: World }): Problem[] {
  if (to.length === 0) return [stop(at, '至少选一个人')]
  if (to.length > 6) return [stop(at, '最多选六种人')]
  const labels = audiencesOf(kind)
  const strange = to.filter((name) => !labels[name])
  if (strange.length > 0) return [stop(at, `没有这种人：${strange.join('、')}`)]
  if (to.every((name) => world.people[name] === 0))
    return [warn(at, `现在没有人是${to.map((name) => labels[name]).join('、')}，这一级发不到任何人`)]
  return []
}

function checkRoute(route: LevelDraft['route'], at: string, world: World): Problem[] {
  const named = route.flat()
  if (route.length === 0 || route.some((step) => step.length === 0)) return [stop(at, '每一步至少选一个渠道')]
  if (route.length > 4) return [stop(at, '最多四步')]
  const problems: Problem[] = []
  const twice = named.find((name, i) => named.indexOf(name) !== i)
  if (twice) problems.push(warn(at, `${channelLabel[twice]}出现了两次，第二次不会有别的结果`))
  const why = new Map([...new Set(named)].flatMap((name) => reasons(name, world)))
  if (why.size === new Set(named).size) problems.push(warn(at, `这一级现在谁也发不到：${[...why.values()].join('；')}`))
  else for (const [, words] of why) problems.push(warn(at, `${words}，会跳过`))
  return problems
}

/** Why that channel reaches nobody now, if so. */
function reasons(name: ChannelName, { channels, points }: World): [ChannelName, string][] {
  const off = channels.find((channel) => channel.name === name)?.off
  if (off) return [[name, `${channelLabel[name]}还没开通（${off}）`]]
  if (name === 'sms' && points.sms === 0) return [[name, '还没有一位同事登记手机号']]
  if (name === 'mail' && points.mail === 0) return [[name, '还没有一位同事登记邮箱']]
  return []
}

type Text = { at: string; most: number; phone: number; needed: boolean }

function checkText(kind: Kind, text: string, { at, most, phone, needed }: Text): Problem[] {
  if (needed && text === '') return [stop(at, '写一句话，收到的人先看到它')]
  if ([...text].length > most) return [stop(at, `最多 ${most} 个字，现在 ${[...text].length} 个`)]
  const problems: Problem[] = []
  const strange = [...text.matchAll(/\{([^{}]*)\}/g)].filter(([, name]) => !Object.hasOwn(kind.placeholders, name ?? ''))
  if (strange.length > 0)
    problems.push(warn(at, `没有${strange.map(([whole]) => `「${whole}」`).join('')}这个空，收到的人会原样看到它`))
  const filled = [...text.replace(/\{(\w+)\}/g, (whole, name: string) => kind.sample.words[name] ?? whole)].length
  if (filled > phone) problems.push(warn(at, `填好后大约 ${filled} 个字，手机上只显示前 ${phone} 个`))
  return problems
}

const stop = (at: string, words: string): Problem => ({ at, words, stops: true })
const warn = (at: string, words: string): Problem => ({ at, words, stops: false })
