import { loadDir } from '../../lib/load-dir.js'
import { type Command, defineCommand } from '../define.js'
import { howToCapture } from '../how-to-capture.js'

export default defineCommand({
  name: 'help',
  says: ['帮助', '菜单', '?', '？'],
  help: '看看我能做什么',
  async run(ctx) {
    const commands = [...(await loadDir<Command>(new URL('./', import.meta.url))).values()]
    await ctx.sayOpenly(
      [
        '你可以对我说：',
        ...commands.map((command) => `· ${command.says[0]}${command.about === 'customer' ? ' 客户名' : ''}：${command.help}`),
        '不用照着说，平常怎么说就怎么说。',
        '',
        `客户改了需求？${howToCapture(ctx.platform)}。`,
        ...(ctx.actor.roles.includes('admin') ? ['', `听懂了什么、为什么：${ctx.pageUrl('/h5/admin/findings')}`] : []),
      ].join('\n'),
    )
  },
})
