import { afterEach, beforeEach, expect, it } from 'vitest'
import { AGENT_ID, startForTest, type TestStandin } from '../testing/start.js'

let standin: TestStandin
let code: string
beforeEach(async () => {
  standin = await startForTest()
  code = (await sendCard('copy-1', 'zhaoqiang|sunyue')).response_code
})
afterEach(() => standin.close())

const sendCard = (task_id: string, touser: string) =>
  standin.api('message/send', {
    touser,
    msgtype: 'template_card',
    agentid: AGENT_ID,
    template_card: {
      card_type: 'button_interaction',
      task_id,
      main_title: { title: '待确认' },
      button_list: [
        { text: '能做', key: 'confirm-can' },
        { text: '有条件', type: 1, url: 'https://x.cn' },
      ],
    },
  })
const update = (more: object) =>
  standin.api('message/update_template_card', {
    userids: ['zhaoqiang'],
    agentid: AGENT_ID,
    response_code: code,
    button: { replace_name: '已由赵强处理' },
    ...more,
  })
const cardOf = async (userid: string) => (await standin.state()).cards.find((c: { userid: string }) => c.userid === userid)
const press = (body: object) =>
  standin.ask('/__standin/press', { body: { userid: 'zhaoqiang', taskId: 'copy-1', key: 'confirm-can', ...body } })

it("greys the buttons of the named member's copy and of nobody else's", async () => {
  expect(await update({})).toMatchObject({ errcode: 0, invaliduser: [] })
  expect(await cardOf('zhaoqiang')).toMatchObject({ version: 2, replaced: '已由赵强处理', buttonsDisabled: true })
  expect(await cardOf('sunyue')).toMatchObject({ version: 1, replaced: null, buttonsDisabled: false })
})

it('replaces the card', async () => {
  const template_card = {
    card_type: 'text_notice',
    main_title: { title: '已确认' },
    card_action: { type: 1, url: 'https://x.cn' },
  }
  await update({ button: undefined, template_card, userids: ['sunyue'] })
  expect((await cardOf('sunyue')).card.main_title.title).toBe('已确认')
})

it('changes a card once with one code', async () => {
  await update({})
  expect((await update({})).errcode).toBe(42022)
})

it('does not spend the code on a call that it refuses', async () => {
  expect((await update({ button: { replace_name: '' } })).errcode).toBe(42020)
  expect((await update({})).errcode).toBe(0)
})

it('refuses a code after 72 hours of business time', async () => {
  await standin.control('clock', { advanceMs: 72 * 3_600_000 - 1 })
  const other = (await sendCard('copy-2', 'lina')).response_code
  expect((await update({ userids: ['sunyue'] })).errcode).toBe(0)
  await standin.control('clock', { advanceMs: 72 * 3_600_000 + 1 })
  expect((await update({ response_code: other, userids: ['lina'] })).errcode).toBe(42003)
})

it.each([
  ['another application', { agentid: 1_000_003 }, 301002],
  ['an unknown code', { response_code: 'x' }, 40058],
  ['nobody', { userids: [] }, 81012],
  ['somebody who has no copy', { userids: ['lina'] }, 81013],
  ['nothing to change', { button: undefined }, 40058],
  [
    'a card that breaks a limit',
    { button: undefined, template_card: { card_type: 'button_interaction', main_title: { title: 'x' } } },
    42037,
  ],
])('refuses %s', async (_, more, errcode) => {
  expect((await update(more)).errcode).toBe(errcode)
})

it('names those who have no copy and changes the others', async () => {
  expect(await update({ userids: ['lina', 'SunYue'] })).toMatchObject({ errcode: 0, invaliduser: ['lina'] })
  expect(await cardOf('sunyue')).toMatchObject({ version: 2 })
})

it('gives a fresh code with every press, good after the first is spent', async () => {
  await update({ userids: ['sunyue'] })
  const first = JSON.parse((await press({})).text).responseCode
  const second = JSON.parse((await press({})).text).responseCode
  expect(first).not.toBe(second)
  expect((await update({ response_code: first })).errcode).toBe(0)
  expect((await update({ response_code: first })).errcode).toBe(42022)
  expect((await update({ response_code: second })).errcode).toBe(0)
})

it('lets nobody press what the client does not show', async () => {
  expect((await press({ key: 'no-such' })).status).toBe(400)
  expect((await press({ userid: 'lina' })).status).toBe(404)
  await update({})
  expect((await press({})).status).toBe(409)
})

it('tells the product what was chosen in a card with questions', async () => {
  const options = ['a', 'b', 'c'].map((id) => ({ id, text: id }))
  const template_card = {
    card_type: 'vote_interaction',
    task_id: 'vote',
    main_title: { title: '影响哪些？' },
    checkbox: { question_key: 'q', mode: 1, option_list: options },
    submit_button: { text: '提交', key: 'submit' },
  }
  await standin.api('message/send', { touser: 'lina', msgtype: 'template_card', agentid: AGENT_ID, template_card })
  await press({ userid: 'lina', taskId: 'vote', key: 'submit', selected: { q: ['a', 'c'] } })
  const [{ xml }] = await standin.control('callbacks')
  const option = (id: string) => `<OptionId><![CDATA[${id}]]></OptionId>`
  expect(xml).toContain(
    `<SelectedItems><SelectedItem><QuestionKey><![CDATA[q]]></QuestionKey><OptionIds>${option('a')}${option('c')}</OptionIds></SelectedItem></SelectedItems>`,
  )
})
