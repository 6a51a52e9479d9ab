import { expect, test } from 'vitest'
import type { DingCard, DingMessage, DingtalkState } from '../standin/dingtalk.js'
import type { StandinState } from '../standin/state.js'
import {
  type DingMember,
  dingMembers,
  firstMember,
  linesOf,
  linksOf,
  markdownLines,
  pageInDingtalk,
  roomsOf,
  type ThingKind,
  thingsOf,
  unreadIn,
} from './dingtalk.js'

const person = (userid: string, name: string, roles: string[], wecom: boolean) => {
  const dingtalk = { userid: wecom ? `ding_${userid}` : userid, unionid: `u_${userid}` }
  return { userid, name, roles, wecom, dingtalk } as unknown as DingMember
}
const wang = person('wanglei', '王磊', ['rep'], true)
const lin = person('linxiao', '林晓', ['rep'], false)
const wu = person('wumin', '吴敏', ['manager'], false)
const group = { id: 'cid', title: '工程渠道组', members: ['linxiao', 'wumin'] }

const message = (key: string, over: Partial<DingMessage>): DingMessage => ({
  key,
  chats: [{ userid: 'linxiao' }],
  msgKey: 'sampleText',
  param: {},
  words: key,
  at: [],
  recalled: false,
  readBy: [],
  sentAt: 10,
  ...over,
})
const shows = { source: '', title: '', desc: '', quoteTitle: '', quote: '', fields: '', settled: '', url: '', buttons: [] }
const card: DingCard = {
  outTrackId: 'c',
  chat: { userid: 'linxiao' },
  sentAt: 20,
  version: 1,
  shows: { ...shows, title: '待确认' },
}

const stateWith = (over: Partial<DingtalkState> = {}): StandinState => {
  const dingtalk = {
    left: [],
    groups: [group],
    messages: [message('早', {}), message('群里', { words: '**群里**', chats: [{ group: 'cid' }], at: ['wumin'], sentAt: 31 })],
    heard: [
      { msgId: 'h1', userid: 'linxiao', chat: { userid: 'linxiao' }, text: '还有什么', at: 15, atRobot: true },
      { msgId: 'h2', userid: 'wumin', chat: { group: 'cid' }, text: '林晓还有什么', at: 30, atRobot: true },
    ],
    cards: [card],
    notices: [],
    todos: [],
    dings: [],
    ...over,
  }
  return { people: [wang, lin, wu], sms: [], mails: [], dingtalk } as unknown as StandinState
}

test('who is on DingTalk, and who of them is looked at first', () => {
  const members = dingMembers({ ...stateWith({ left: ['wumin'] }), people: [wang, { ...lin, dingtalk: null }, lin, wu] })
  expect(members.map(({ name }) => name)).toEqual(['林晓', '王磊'])
  expect(firstMember(members)).toBe(lin)
  expect(firstMember([wang])).toBe(wang)
})

test("a chat's lines are everybody's, in their order", () => {
  const one = linesOf(stateWith(), lin, null)
  expect(one.map(({ key, mine, from }) => [key, mine, from?.name ?? '不漏'])).toEqual([
    ['早', false, '不漏'],
    ['h1', true, '林晓'],
    ['c', false, '不漏'],
  ])
  const many = linesOf(stateWith(), lin, 'cid')
  expect(many.map(({ words, calls }) => [words, calls])).toEqual([
    ['@不漏 林晓还有什么', []],
    ['**群里**', ['吴敏']],
  ])
})

test('somebody of both platforms is the same person on each', () => {
  const heard = [{ msgId: 'h', userid: 'ding_wanglei', chat: { userid: 'ding_wanglei' }, text: '早', at: 1, atRobot: true }]
  expect(linesOf(stateWith({ heard }), wang, null)[0]?.from).toEqual({ id: 'wanglei', name: '王磊' })
})

test('rooms say what came last, and how much of it is unread', () => {
  const rooms = roomsOf(stateWith(), lin)
  expect(rooms.map(({ key, last }) => [key, last])).toEqual([
    ['robot', '待确认'],
    ['cid', '不漏：群里'],
    ['notice', ''],
    ['todo', ''],
    ['ding', ''],
  ])
  expect(roomsOf(stateWith(), wang).map(({ key }) => key)).toEqual(['robot', 'notice', 'todo', 'ding'])
  const [robot] = rooms
  if (!robot) throw new Error('no robot')
  expect([0, 10, 20].map((since) => unreadIn(stateWith(), lin, robot, since))).toEqual([2, 1, 0])
})

test('what is taken back is neither last nor unread', () => {
  const state = stateWith({ cards: [], messages: [message('早', { recalled: true, sentAt: 40 })] })
  const [robot] = roomsOf(state, lin)
  expect(robot?.last).toBe('不漏撤回了一条消息')
  expect(robot && unreadIn(state, lin, robot, 0)).toBe(0)
})

test('things that came: notices, to-dos of the member, DINGs', () => {
  const state = stateWith({
    notices: [
      {
        taskId: 1,
        msg: {
          msgtype: 'action_card',
          action_card: { title: 't', markdown: '### **t**\nm', single_title: '去看', single_url: 'https://x.cn' },
        },
        to: ['linxiao'],
        readBy: [],
        recalled: false,
        at: 1,
      },
      { taskId: 2, msg: { msgtype: 'text', text: { content: '早' } }, to: ['linxiao'], readBy: [], recalled: true, at: 2 },
    ],
    todos: [
      {
        id: 'a',
        subject: '回复',
        description: '',
        executorIds: ['u_linxiao', 'u_wumin'],
        doneBy: ['u_wumin'],
        dueTime: null,
        detailUrl: { pcUrl: 'https://x.cn/p' },
        at: 3,
      },
    ],
    dings: [{ id: 'd', remindType: 2, to: ['linxiao'], content: '沈工在等', at: 4, recalled: false }],
  })
  const of = (member: DingMember, kind: ThingKind) => thingsOf(state, member, kind)
  expect(of(lin, 'notice')).toMatchObject([{ title: 't', words: 'm', link: { title: '去看', url: 'https://x.cn' } }])
  expect(of(lin, 'todo')).toMatchObject([{ title: '回复', done: false }])
  expect(of(wu, 'todo')).toMatchObject([{ done: true }])
  expect(of(lin, 'ding')).toMatchObject([{ title: '沈工在等', tag: '短信 DING' }])
  expect(of(wang, 'ding')).toEqual([])
})

test('who has nothing but DingTalk reads text messages and mail beside it', () => {
  const sms = [
    { id: '1', userid: 'linxiao', text: '您有1项客户待办', status: 'delivered', at: 5 },
    { id: '2', userid: 'linxiao', text: '没到', status: 'failed', at: 6 },
    { id: '3', userid: 'wanglei', text: '别人的', status: 'delivered', at: 7 },
  ] as StandinState['sms']
  const state = { ...stateWith(), sms }
  expect(
    roomsOf(state, lin)
      .map(({ key, last }) => [key, last])
      .slice(5),
  ).toEqual([['sms', '您有1项客户待办']])
  expect(roomsOf(state, wang).map(({ key }) => key)).not.toContain('sms')
})

test("links open on the member's own host, taken out of DingTalk's", () => {
  const place = { domain: 'bulou.localhost', port: '7000' }
  const inner = encodeURIComponent('http://bulou.localhost:7000/h5/?a=1#/today')
  const own = 'http://linxiao.ding.bulou.localhost:7000/h5/?a=1#/today'
  expect(pageInDingtalk(`dingtalk://dingtalkclient/page/link?url=${inner}&pc_slide=true`, 'LinXiao', place)).toEqual({
    url: own,
    own: true,
  })
  expect(pageInDingtalk('https://x.cn/', 'linxiao', place)).toEqual({ url: 'https://x.cn/', own: false })
  expect(pageInDingtalk('dingtalk://dingtalkclient/action/openapp', 'linxiao', place)).toBeNull()
})

test('buttons of action cards, one or several', () => {
  expect(linksOf({ singleTitle: '去看', singleURL: 'u' })).toEqual([{ title: '去看', url: 'u' }])
  expect(linksOf({ actionTitle1: 'a', actionURL1: '1', actionTitle2: 'b', actionURL2: '2' })).toHaveLength(2)
  expect(linksOf({ title: 'x' })).toEqual([])
})

test('markdown is lines of plain, strong and linked words', () => {
  expect(markdownLines('# 待办\n- **交期**：[看](https://x.cn)')).toEqual([
    [{ words: '待办' }],
    [{ words: '· ' }, { words: '交期', strong: true }, { words: '：' }, { words: '看', url: 'https://x.cn' }],
  ])
})
