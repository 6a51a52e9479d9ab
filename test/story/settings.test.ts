import { beforeAll, expect, it } from 'vitest'
import { besideChatWith, openClient } from './client.js'
import { useScene } from './scene.js'

/** 李娜 sets how colleagues are reminded; what she saves holds for the next question and for those that are open. */
const scene = useScene()
const PATH = '/h5/settings/reminders/requirement-change-confirm'
const HOUR = 3_600_000
let lina: Awaited<ReturnType<typeof openClient>>
beforeAll(async () => {
  lina = await openClient(scene, 'lina', { path: '/h5/settings', viewport: { width: 375, height: 812 } })
})

const cardsOf = async (userid: string) => (await scene.rig.standin.state()).cards.filter((card) => card.userid === userid)
const reminded = async (userid: string) =>
  (await cardsOf(userid)).filter((card) => JSON.stringify(card.card).includes('还在等')).length

it('shows every kind with its ladder in one line, the calm rules, and which channels there are', async () => {
  await lina.sees('需求变更待答复', '4 小时后（休息日不算） → 被问的人，再过 4 小时（休息日不算） → 他的上级', '默认设置')
  await lina.sees('安静规则', '20:30 到第二天 08:00安静', '短信', '可以用')
  await lina.taps(/需求变更待答复/)
  await lina.sees('第 1 级', '4 小时后（休息日不算），告诉被问的人：应用消息，发不到就发短信，再不行发邮件', '还没有人改过')
})

it('shows the card as it is typed, and says at the field what can not be right', async () => {
  const level = lina.within('group', '第 1 级')
  await level.taps('修改这一级')
  await level.types('等多久', '2')
  await level.sees('2 小时后（休息日不算）')
  await level.types('标题', '{customer}急等{what}，{谁}')
  await level.sees('华强五金急等确认，{谁}', '没有「{谁}」这个空')
  await level.types('标题', '')
  await level.sees('写一句话，收到的人先看到它')
  await lina.sees('还有 1 处要改')
  await level.types('标题', '{customer}还在等')
  await level.within('group', '标题一栏').taps('+ 确认 / 影响评估')
  await level.sees('华强五金还在等确认')
  expect(await level.hasTyped('标题')).toBe('{customer}还在等{what}')
  const bar = lina.within('region', '保存')
  await bar.sees('第 1 级 · 什么时候4 小时后（休息日不算） → 2 小时后（休息日不算）')
  await bar.seesNoMore('标题')
})

it('plays the last 30 days by it, and says what it can not know', async () => {
  await ask('数量加到300套')
  const trial = lina.within('group', '试算')
  await trial.taps('算一算')
  await trial.sees('共 2 件事', '按现在的负责人和上下级算', '现在有 2 件还没了结，保存后其中 2 件会换到新的时间')
  await lina.shot('settings, the dry run')
})

it('saved, it holds at once: the question that is open reminds after two hours', async () => {
  await lina.within('region', '保存').taps('保存')
  await lina.sees('已保存，2 条进行中的提醒也按新规则走')
  await lina.sees('第 1 版', '正在用', '4 小时后（休息日不算） → 2 小时后（休息日不算）')
  await scene.rig.standin.advanceClock(2 * HOUR - 60_000)
  expect(await reminded('zhaoqiang')).toBe(0)
  await scene.rig.standin.advanceClock(2 * 60_000)
  await scene.rig.waitFor(async () => (await reminded('zhaoqiang')) === 1)
})

it('and so does one that is asked from now on', async () => {
  await ask('再加100套，一共400套')
  await scene.rig.standin.advanceClock(2 * HOUR)
  await scene.rig.waitFor(async () => (await reminded('zhaoqiang')) >= 2)
})

it('two managers at once: the second sees what the first changed, keeps her own words, and decides', async () => {
  scene.browser.expectTrouble(/status of 409/)
  const heping = await openClient(scene, 'heping', { path: PATH })
  await heping.sees('第 1 版')
  const level = lina.within('group', '第 1 级')
  await level.taps('修改这一级')
  await level.types('等多久', '9')
  await lina.within('region', '保存').taps('不改了')
  expect(await level.hasTyped('等多久')).toBe('2')
  await level.types('等多久', '3')
  await lina.within('region', '保存').sees('2 小时后（休息日不算） → 3 小时后（休息日不算）')
  const second = heping.within('group', '第 2 级')
  await second.taps('修改这一级')
  await second.types('等多久', '6')
  await heping.within('region', '保存').sees('再过 6 小时')
  await heping.within('region', '保存').taps('保存')
  await heping.sees('第 2 版', '已保存')
  await lina.within('region', '保存').taps('保存')
  await lina
    .within('region', '保存')
    .sees('何平', '保存过一版', '再过 4 小时（休息日不算） → 再过 6 小时（休息日不算）', '看过了，保存我的')
  await lina.shot('settings, somebody was quicker')
  // Her words are on top of what he saved: nothing of his is lost.
  await lina.within('region', '保存').sees('2 小时后（休息日不算） → 3 小时后（休息日不算）')
  await lina.within('region', '保存').seesNoMore('再过 6 小时（休息日不算） → 再过 4 小时')
  await lina.within('region', '保存').taps('不改了')
  await lina.sees('再过 6 小时（休息日不算），告诉他的上级')
  await heping.close()
})

it('an older version is taken up again as a new one', async () => {
  await lina.within('group', '第 1 版').taps('恢复这一版')
  await lina.within('region', '保存').sees('第 2 级 · 什么时候', '再过 6 小时（休息日不算） → 再过 4 小时（休息日不算）')
  await lina.within('region', '保存').taps('保存')
  await lina.sees('第 3 版')
  const versions = await scene.rig.db.rule.findMany({
    where: { name: 'reminder:requirement-change-confirm' },
    orderBy: { version: 'asc' },
  })
  expect(versions.map((one) => one.version)).toEqual([1, 2, 3])
  expect(versions[2]?.value).toEqual(versions[0]?.value)
})

it('the calm rules: each says what it does, and what can not be is said beside it', async () => {
  await lina.taps('返回')
  await lina.sees('李娜刚刚改过')
  await lina.taps(/安静规则/)
  await lina.sees('这段时间里到点的提醒，等结束后再发', '节假日安排已收录到 2026 年')
  await lina.types('安静时间到', '20:00')
  await lina.sees('一天里至少留两个小时可以提醒')
  await lina.types('安静时间到', '08:30')
  await lina.sees('08:15 还在安静时间里')
  await lina.taps('大小周')
  await lina.sees('选一天，让我们知道哪一周上六天')
  await lina.types('上六天的那一周', '2026-11-25')
  await lina.types('销售每天最多', '8')
  const bar = lina.within('region', '保存')
  await bar.sees('工作周五天 → 大小周（11月25日那周上六天）', '销售每天最多5 张 → 8 张')
  await bar.taps('保存')
  await lina.sees('已保存', '第 2 版')
})

it('is for managers, and fits every width, light and dark', async () => {
  const rep = await openClient(scene, 'wanglei', { path: '/h5/settings' })
  scene.browser.expectTrouble(/status of 403/)
  await rep.sees('你的角色不能用这个功能')
  await rep.close()
  const { page } = lina
  for (const [name, path] of [
    ['list', '/h5/settings'],
    ['kind', PATH],
    ['calm', '/h5/settings/calm'],
  ] as const) {
    await page.goto(`${scene.rig.hostOf('lina')}${path}`)
    await lina.sees(name === 'list' ? '能用的渠道' : '谁改过')
    if (name === 'kind') await lina.within('group', '第 1 级').taps('修改这一级')
    for (const width of [320, 375, 400, 1280]) {
      await page.setViewportSize({ width, height: 860 })
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        expect(`${wide} at ${width} of ${name}`).toBe(`0 at ${width} of ${name}`)
        await lina.shot(`settings ${name} ${width} ${colorScheme}`)
      }
    }
  }
})

/** A customer changes something, and 王磊 captures it: pre-sales and product are asked. */
async function ask(words: string): Promise<void> {
  const wanglei = await openClient(scene, 'wanglei', { opened: besideChatWith('wmRenji') })
  await scene.rig.standin.customerSays({ rep: 'wanglei', externalUserId: 'wmRenji', text: words })
  await wanglei.sees('疑似变更', words)
  await wanglei.taps('捕获需求变更')
  await wanglei.taps('保存')
  await wanglei.sees('已捕获，10 秒内可撤销')
  await scene.rig.standin.advanceClock(10_000)
  await wanglei.seesNoMore('10 秒内可撤销')
  await wanglei.close()
}
