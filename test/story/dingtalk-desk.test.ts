import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { shoot } from '../browser.js'
import { type Desk, openDesk } from './desk.js'
import { useScene } from './scene.js'
import { screen } from './screen.js'

/** The whole product over a connection to DingTalk, as its people see it on the desk's other face. */
const scene = useScene({}, 'stream')
const GROUP = 'cidB0100GongchengQudao=='
let desk: Desk
let page: Page
beforeAll(async () => {
  desk = await openDesk(scene)
  page = await scene.browser.page({ viewport: { width: 1280, height: 860 } })
  await page.goto(`${scene.rig.hostOf('desk')}/?dingtalk=linxiao/robot`)
})

const room = (name: string) => screen(name, page.getByRole('log', { name: `${name}里的消息` }))
const opened = () => screen('the page beside the chat', page.frameLocator('iframe[title$="打开的页面"]').locator('body'))
async function says(name: string, words: string) {
  const box = page.getByRole('textbox', { name: `以${name}的身份说` })
  await box.fill(words)
  await box.press('Enter')
}
const looksAs = (name: string) =>
  page
    .getByRole('list', { name: '以谁的身份看钉钉' })
    .getByRole('button', { name: new RegExp(name) })
    .click()
const enters = (name: string, label: string) =>
  page
    .getByRole('list', { name: `${name}的钉钉消息` })
    .getByRole('button', { name: new RegExp(`^(\\d+ ?条未读 ?)?${label}`) })
    .click()

it('answers who writes to the robot', async () => {
  await says('林晓', '我是谁')
  await room('不漏').sees('我是谁', '你是林晓，角色：销售。')
  await shoot(page, 'desk dingtalk, the robot')
})

it('hears in a group only what calls it, and answers there', async () => {
  await enters('林晓', '工程渠道组')
  await page.getByText('@不漏', { exact: true }).click()
  await says('林晓', '大家下午好')
  await room('工程渠道组').sees('大家下午好')
  await page.getByText('@不漏', { exact: true }).click()
  await says('林晓', '帮助')
  await room('工程渠道组').sees('@不漏 帮助', '你可以对我说：')
  const { messages, heard } = await scene.rig.standin.ding.state()
  expect(heard.map(({ atRobot }) => atRobot)).toEqual([true, false, true])
  const said = messages.filter(({ chats }) => chats.some((chat) => 'group' in chat && chat.group === GROUP))
  expect(said).toHaveLength(1)
  await shoot(page, 'desk dingtalk, a group')
})

it('opens the product beside the chat, logged in', async () => {
  await page.getByRole('navigation', { name: '钉钉' }).getByRole('button', { name: '工作台' }).click()
  await page.getByRole('region', { name: '工作台' }).getByRole('button', { name: '不漏' }).click()
  await opened().sees('待办')
  await shoot(page, 'desk dingtalk, the page beside')
})

it('brings a question to where its person is, and the card is settled by the press', async () => {
  await looksAs('赵强')
  await enters('赵强', '不漏')
  await says('赵强', '我是谁')
  await room('不漏').sees('你是赵强')
  await desk.customer('刘主任').says('交期改成下周五吧，数量加到300套')
  await desk.sidebar.sees('疑似变更')
  await desk.sidebar.taps('捕获需求变更')
  await desk.sidebar.taps('保存')
  await desk.sidebar.sees('已捕获')
  await scene.rig.standin.advanceClock(10_000)
  await room('不漏').sees('待确认：仁济骨科', '能做')
  await shoot(page, 'desk dingtalk, a card')
  await room('不漏').taps('能做')
  await room('不漏').sees('已由赵强答复：能做')
  await desk.sidebar.sees('赵强')
  await shoot(page, 'desk dingtalk, settled')
})
