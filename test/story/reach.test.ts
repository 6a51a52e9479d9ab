import { beforeAll, expect, it } from 'vitest'
import { openClient } from './client.js'
import { type Desk, openDesk } from './desk.js'
import { useScene } from './scene.js'

const scene = useScene()
let desk: Desk
beforeAll(async () => {
  desk = await openDesk(scene)
  // The page on which WeCom asks is the platform's.
  scene.browser.expectTrouble(/favicon\.ico/)
})

it('a person agrees that WeCom tells their phone and mail, and reads them masked', async () => {
  const client = await openClient(scene, 'zhaoqiang', { path: '/h5/reach' })
  await client.sees('我的提醒渠道', '138****0004', '企业微信提供')
  for (const [name, gone] of [
    ['短信', '没有登记手机号'],
    ['邮件', '没有登记邮箱'],
  ] as const) {
    await client.page.getByRole('region', { name }).getByRole('button', { name: '不用了' }).click()
    await client.sees(gone)
  }
  await client.taps('用企业微信里的手机号')
  await client.taps('允许')
  await client.sees('手机号和邮箱记下了', '138****0004', '企业微信提供')
  const text = await client.text()
  expect(text).not.toContain('13800010004')
  expect(text).not.toContain('zhaoqiang@')
  await client.shot('reach, told by WeCom')
  await client.close()
})

it('tries each channel, and hears 收到了 from each', async () => {
  const client = await openClient(scene, 'zhaoqiang', { path: '/h5/reach', viewport: { width: 375, height: 812 } })
  await client.taps('试发一条')
  await client.sees('发出去了')
  // In the chat by the button of the card.
  await desk.phone('赵强').sees('试发一条：收到了吗？')
  await desk.phone('赵强').taps('收到了')
  await client.within('group', '企业微信的通知开着吗').sees('开着')
  await scene.rig.waitFor(async () => (await reachOf('wecom'))?.confirmedAt, { what: 'the press to count' })
  // The text message holds no link: the page asks.
  await scene.rig.waitFor(async () => (await scene.rig.standin.state()).sms.some((sms) => sms.userid === 'zhaoqiang'), {
    ms: 20_000,
    what: 'the text message',
  })
  await client.sees('试发的短信到手机上了吗？')
  await client.page.getByRole('region', { name: '短信' }).getByRole('button', { name: '收到了' }).click()
  await client.sees('好的，记下了')
  await client.shot('reach 375, tried')
  await client.close()
})

it('the letter has a link that machines may open, and its button works once, without a login', async () => {
  const mail = await scene.rig.waitFor(
    async () => (await scene.rig.standin.state()).mails.find((one) => one.userid === 'zhaoqiang' && one.text.includes('/got/')),
    { ms: 20_000, what: 'the letter' },
  )
  const path = /\/got\/[\w-]+/.exec(mail.text)?.[0] ?? ''
  const page = await scene.browser.page({ viewport: { width: 400, height: 700 } })
  await page.goto(`${scene.rig.hostOf('zhaoqiang')}${path}`)
  await page.getByRole('heading', { name: '这封邮件是试发的提醒' }).waitFor()
  expect((await reachOf('mail'))?.confirmedAt ?? null).toBeNull()
  await page.getByRole('button', { name: '收到了' }).click()
  await page.getByRole('heading', { name: '好的，记下了：邮件能收到' }).waitFor()
  expect((await reachOf('mail'))?.confirmedAt).toBeInstanceOf(Date)
  await page.goto(`${scene.rig.hostOf('zhaoqiang')}${path}`)
  await page.getByRole('heading', { name: '这个链接用过了，或者已经过期' }).waitFor()
  await page.context().close()
})

it('a typed number is proved by the code that was sent to it', async () => {
  const client = await openClient(scene, 'zhoumin', { path: '/h5/reach' })
  await client.sees('没有登记手机号')
  await client.page.getByRole('region', { name: '短信' }).getByRole('button', { name: '自己填' }).click()
  await client.types('手机号', '138 0001 0001')
  await client.taps('发验证码')
  await client.sees('一分钟内会收到 6 位验证码')
  const sms = await scene.rig.waitFor(
    async () => (await scene.rig.standin.state()).sms.find((one) => one.text.includes('验证码')),
    { ms: 20_000, what: 'the code' },
  )
  const code = /\d{6}/.exec(sms.text)?.[0] ?? ''
  await client.types('验证码', code === '000000' ? '111111' : '000000')
  await client.taps('核实')
  await client.sees('验证码不对，或者已经过期')
  await client.types('验证码', code)
  await client.taps('核实')
  await client.sees('138****0001', '自己填的，验证过')
  await client.close()
  // Nowhere in the clear: not in rows, not in logs.
  const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)
  const tables = [
    await scene.rig.db.contactPoint.findMany(),
    await scene.rig.db.contactCode.findMany(),
    await scene.rig.db.screenWrite.findMany(),
    await scene.rig.db.auditContent.findMany(),
    await scene.rig.db.outbox.findMany(),
  ]
  const rows = JSON.stringify(tables, plain)
  const logs = [...scene.rig.servers, ...scene.rig.workers].map((member) => member.logs()).join('\n')
  for (const secret of ['13800010001', '13800010004', 'zhaoqiang@yonggu.example']) {
    expect(rows).not.toContain(secret)
    expect(logs).not.toContain(secret)
  }
  expect(`${rows}${logs}`).not.toContain(`"${code}"`)
})

it('the manager hears on the first working morning whom nothing reaches, and sees why', async () => {
  const { standin } = scene.rig
  const own = await openClient(scene, 'chenjing', { path: '/h5/reach' })
  for (const name of ['短信', '邮件']) {
    await own.page.getByRole('region', { name }).getByRole('button', { name: '不用了' }).click()
    await own.sees(name === '短信' ? '没有登记手机号' : '没有登记邮箱')
  }
  await own.close()
  await standin.range('chenjing', false)
  await scene.rig.waitFor(async () => (await reachOf('wecom', 'chenjing'))?.barredWhy, {
    ms: 30_000,
    what: '陈静 to be out of range',
  })
  // Next week's first working day; never before 09:10.
  const { nextMonday } = (await standin.state()).clock
  await standin.moveClockTo(new Date(Date.parse(nextMonday) + 3_600_000))
  await desk.phone('李娜').sees('1 位同事可能收不到提醒', '陈静', '不在应用可见范围')
  const client = await openClient(scene, 'lina', { path: '/h5/reach/team', viewport: { width: 1280, height: 900 } })
  await client.sees('陈静', '可能收不到提醒', '请管理员把他加进应用的可见范围', '赵强')
  await client.shot('reach, the team')
  await client.close()
})

async function reachOf(channel: string, userid = 'zhaoqiang') {
  const identity = await scene.rig.db.identity.findFirstOrThrow({ where: { kind: 'member', value: userid } })
  return scene.rig.db.reach.findUnique({ where: { personId_channel: { personId: identity.personId as string, channel } } })
}
