import { createRequire } from 'node:module'
import type Dysms from '@alicloud/dysmsapi20170525'
import { SendSmsRequest } from '@alicloud/dysmsapi20170525'
import { Config } from '@alicloud/openapi-client'
import { createTransport } from 'nodemailer'
import { beforeAll, expect, it } from 'vitest'
import { type Desk, openDesk } from './desk.js'
import { useScene } from './scene.js'

/** What the desk's phones show beside the app's conversation, and how the desk's clock moves the story. */
const scene = useScene()
let desk: Desk
beforeAll(async () => {
  desk = await openDesk(scene)
  await desk.chat.sees('收到，院里流程走完了')
})
const settings = (): NodeJS.ProcessEnv => scene.rig.env
const sdk = createRequire(import.meta.url)('@alicloud/dysmsapi20170525') as typeof Dysms

async function sendSms(mobile: string): Promise<void> {
  const env = settings()
  const account = { accessKeyId: env.SMS_ACCESS_KEY_ID, accessKeySecret: env.SMS_ACCESS_KEY_SECRET }
  const client = new sdk.default(
    new Config({ ...account, endpoint: new URL(env.SMS_API_BASE ?? '').host, protocol: 'HTTP' }) as never,
  )
  const words = { signName: env.SMS_SIGN_NAME, templateCode: env.SMS_TEMPLATE_ID, templateParam: '{"n":"3","time":"今天 17:00"}' }
  const { body } = await client.sendSms(new SendSmsRequest({ phoneNumbers: mobile, ...words }))
  expect(body?.code).toBe('OK')
}

async function putOnWorkbench(userid: string, item: { key: string; data: string }): Promise<void> {
  const { WECOM_API_BASE: base, WECOM_CORP_ID: corp, WECOM_SECRET: secret, WECOM_AGENT_ID: agentid } = settings()
  const asked = await fetch(`${base}/cgi-bin/gettoken?corpid=${corp}&corpsecret=${secret}`)
  const { access_token } = (await asked.json()) as { access_token: string }
  const shown = { agentid: Number(agentid), type: 'keydata', keydata: { items: [item] } }
  for (const [name, body] of [
    ['set_workbench_template', shown],
    ['set_workbench_data', { ...shown, userid }],
  ] as const)
    await fetch(`${base}/cgi-bin/agent/${name}?access_token=${access_token}`, { method: 'POST', body: JSON.stringify(body) })
}

it('shows text messages where they arrive, and says that there are some', async () => {
  await scene.rig.standin.phone('zhaoqiang', 'off')
  await sendSms('13800010004')
  const zhao = desk.phone('赵强')
  await zhao.opens('短信')
  await zhao.sees('还没有短信', '手机关着')
  await zhao.opens('不漏')
  await scene.rig.standin.phone('zhaoqiang', 'on')
  await expect.poll(() => zhao.unread('短信'), { timeout: 20_000 }).toBe(1)
  await zhao.opens('短信')
  await zhao.sees('【不漏提醒】您有3项客户待办，最早今天 17:00到期')
  expect(await zhao.unread('短信')).toBe(0)
})

it('shows mail, the group and the numbers of the workbench', async () => {
  const env = settings()
  const to = 'lina@yonggu.example'
  await createTransport(env.MAIL_URL).sendMail({
    from: env.MAIL_FROM,
    to,
    subject: '三件事等你',
    text: '打开 https://x.cn 看看',
  })
  const { 华东一组: key } = JSON.parse(env.WECOM_GROUP_WEBHOOKS ?? '{}') as Record<string, string>
  const said = { msgtype: 'markdown', markdown: { content: '**待确认** 3 件 <@lina>' } }
  await fetch(`${env.WECOM_API_BASE}/cgi-bin/webhook/send?key=${key}`, { method: 'POST', body: JSON.stringify(said) })
  const li = desk.phone('李娜')
  await li.opens('邮件')
  await li.sees('bulou@yonggu.example', '三件事等你', '打开 https://x.cn 看看')
  await li.opens('群聊')
  await li.sees('华东一组', '待确认 3 件 @李娜')
  await putOnWorkbench('lina', { key: '待我确认', data: '7' })
  await li.opens('工作台')
  await li.sees('不漏', '7待我确认')
})

it('is pushed by one tap, and says when reminders rest and until when', async () => {
  await desk.clock.sees('周一')
  await desk.clock.taps('+1天')
  await desk.clock.sees('周二')
  for (let n = 0; n < 11; n += 1) {
    const before = (await scene.rig.standin.state()).clock.offsetMs
    await desk.clock.taps('+1小时')
    await expect.poll(async () => (await scene.rig.standin.state()).clock.offsetMs).toBe(before + 3_600_000)
  }
  await desk.all.sees(/现在是休息时间，提醒会等到\d+月\d+日周三08:00/)
  await desk.all.taps('跳到那时')
  await desk.clock.sees('周三', '08:00')
  await desk.all.seesNoMore('现在是休息时间')
  await desk.clock.taps(/^下周一/)
  await desk.clock.sees('周一', '08:15')
})
